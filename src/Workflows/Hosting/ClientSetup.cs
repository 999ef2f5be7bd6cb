using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Hosting;

/// <summary>Carries settings over into the client's options.</summary>
internal sealed class ClientSetup(ConnectionSettings settings, IServiceProvider services)
    : IConfigureOptions<TemporalClientConnectOptions>
{
    public void Configure(TemporalClientConnectOptions options)
    {
        options.Namespace = settings.Namespace;
        options.ApiKey = settings.ApiKey;
        options.RpcMetadata = settings.Metadata;
        options.TargetHost = settings.IsEmbedded ? null : settings.Address;
        var tls = settings.IsEmbedded ? TlsOfTheEngine() : settings.Tls;

        // Without a word the SDK takes TLS wherever there is an API key.
        options.Tls = tls is null
            ? new TlsOptions { Disabled = true }
            : new TlsOptions
            {
                ClientCert = tls.Certificate,
                ClientPrivateKey = tls.Key,
                ServerRootCACert = tls.Ca,
                Domain = tls.ServerName,
            };
    }

    private TlsMaterial? TlsOfTheEngine()
    {
        if (services.GetRequiredService<IOptions<WorkflowEngineOptions>>().Value.Tls.CertificateFile is null)
        {
            return null;
        }

        var mistakes = new List<string>();
        var material = TlsResolution.Read(settings.EmbeddedTls, null, mistakes);
        SettingsResolution.ThrowIfAny(mistakes);
        return material;
    }
}
