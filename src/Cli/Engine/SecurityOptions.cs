using System.CommandLine;
using AugmentedOS.Engine.Hosting;

namespace AugmentedOS.Cli.Engine;

/// <summary>What the command line says of TLS, access and audit. API keys and permissions are too long for it: they come
/// from configuration or the environment.</summary>
internal sealed class SecurityOptions
{
    private readonly Option<string?> _certificate = new("--tls-cert")
    {
        Description = "The server's TLS certificate with its chain, PEM; without it the engine serves without TLS",
        HelpName = "FILE",
    };

    private readonly Option<string?> _key = new("--tls-key")
    {
        Description = "The certificate's key, PEM",
        HelpName = "FILE",
    };

    private readonly Option<string?> _clientCa = new("--tls-client-ca")
    {
        Description = "The authorities whose client certificates are believed, PEM; clients must then bring one",
        HelpName = "FILE",
    };

    private readonly Option<string[]> _tokenKeys = new("--token-keys")
    {
        Description = "Where the keys of JSON web tokens are (JWKS), https:, http: or file:; may be given again",
        HelpName = "ADDRESS",
    };

    private readonly Option<string?> _tokenAudience = new("--token-audience")
    {
        Description = "Whom tokens must be meant for",
        HelpName = "AUDIENCE",
    };

    private readonly Option<bool> _allowUnauthenticated = new("--allow-unauthenticated")
    {
        Description = "Serve other machines although nobody has to prove who they are",
    };

    private readonly Option<string?> _auditLog = new("--audit-log")
    {
        Description = "Record every mutating call in this file, a JSON object a line",
        HelpName = "FILE",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_certificate);
        command.Options.Add(_key);
        command.Options.Add(_clientCa);
        command.Options.Add(_tokenKeys);
        command.Options.Add(_tokenAudience);
        command.Options.Add(_allowUnauthenticated);
        command.Options.Add(_auditLog);
    }

    public void Apply(ParseResult parsed, WorkflowEngineOptions options)
    {
        options.Tls.CertificateFile = parsed.GetValue(_certificate) ?? options.Tls.CertificateFile;
        options.Tls.KeyFile = parsed.GetValue(_key) ?? options.Tls.KeyFile;
        if (parsed.GetValue(_clientCa) is { } authorities)
        {
            options.Tls.ClientCaFile = authorities;
            options.Tls.RequireClientCertificate = true;
        }

        foreach (var source in parsed.GetValue(_tokenKeys) ?? [])
        {
            options.Access.TokenKeys.Add(source);
        }

        options.Access.TokenAudience = parsed.GetValue(_tokenAudience) ?? options.Access.TokenAudience;
        options.Access.AllowUnauthenticated |= parsed.GetValue(_allowUnauthenticated);
        options.Audit.File = parsed.GetValue(_auditLog) ?? options.Audit.File;
    }
}
