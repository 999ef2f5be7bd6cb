namespace AugmentedOS.Engine.Hosting;

/// <summary>TLS on the engine's ports.</summary>
public sealed class EngineTlsOptions
{
    /// <summary>The server's certificate, with those between it and the authority: a PEM file. Null serves without TLS,
    /// which is the default.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The certificate's key: a PEM file without a passphrase.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The authorities whose client certificates are believed: a PEM file. Null asks for none.</summary>
    public string? ClientCaFile { get; set; }

    /// <summary>Whether callers must bring a client certificate: on the gRPC port to connect at all, on the HTTP port for
    /// the API. Health and metrics ask for none.</summary>
    public bool RequireClientCertificate { get; set; }

    /// <summary>How soon changed files are used for new connections; at least a second. Default: a minute.</summary>
    public TimeSpan ReloadInterval { get; set; } = TimeSpan.FromMinutes(1);
}
