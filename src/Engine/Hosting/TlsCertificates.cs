using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Hosting;

/// <summary>The certificates that connections use. Files that have changed are read again for new connections; while the
/// new ones cannot be read, the old ones stay in use. Thread-safe.</summary>
internal sealed partial class TlsCertificates : IDisposable
{
    private readonly EngineTlsOptions _options;
    private readonly ILogger _log;
    private readonly ITimer _reload;
    private volatile Loaded _loaded;

    /// <exception cref="EngineStartException">The files cannot be used.</exception>
    public TlsCertificates(EngineTlsOptions options, TimeProvider time, ILogger log)
    {
        _options = options;
        _log = log;
        _loaded = LoadOrThrow();
        _reload = time.CreateTimer(_ => ReloadIfChanged(), null, options.ReloadInterval, options.ReloadInterval);
    }

    /// <summary>How a new connection is secured.</summary>
    /// <param name="requiresClient">Whether it fails without a client certificate. One that is brought must be valid in
    /// any case.</param>
    public SslServerAuthenticationOptions OptionsFor(bool requiresClient)
    {
        var loaded = _loaded;
        var options = new SslServerAuthenticationOptions { ServerCertificateContext = loaded.Server };
        if (loaded.ClientAuthorities is { } authorities)
        {
            options.ClientCertificateRequired = true;
            options.CertificateChainPolicy = new X509ChainPolicy
            {
                TrustMode = X509ChainTrustMode.CustomRootTrust,
                RevocationMode = X509RevocationMode.NoCheck,
            };
            options.CertificateChainPolicy.CustomTrustStore.AddRange(authorities);
            options.RemoteCertificateValidationCallback = (_, _, _, errors) => errors == SslPolicyErrors.None
                || (errors == SslPolicyErrors.RemoteCertificateNotAvailable && !requiresClient);
        }

        return options;
    }

    public void Dispose() => _reload.Dispose();

    private void ReloadIfChanged()
    {
        try
        {
            if (StampOf() != _loaded.Stamp)
            {
                _loaded = Load();
                LogReloaded(_options.CertificateFile!);
            }
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            LogNotReloaded(unusable.Message);
        }
    }

    private Loaded LoadOrThrow()
    {
        try
        {
            return Load();
        }
        catch (Exception unusable) when (unusable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new EngineStartException(
                $"The TLS certificate {_options.CertificateFile} with the key {_options.KeyFile}"
                + (_options.ClientCaFile is { } ca ? $" and the client authorities {ca}" : "")
                + $" cannot be used: {unusable.Message} Give PEM files without a passphrase.",
                unusable);
        }
    }

    private Loaded Load()
    {
        var stamp = StampOf();
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(_options.CertificateFile!);
        var server = X509Certificate2.CreateFromPemFile(_options.CertificateFile!, _options.KeyFile!);
        var between = new X509Certificate2Collection(
            chain.Where(certificate => certificate.Thumbprint != server.Thumbprint).ToArray());
        X509Certificate2Collection? authorities = null;
        if (_options.ClientCaFile is { } file)
        {
            authorities = [];
            authorities.ImportFromPemFile(file);
            if (authorities.Count == 0)
            {
                throw new CryptographicException($"{file} holds no certificate.");
            }
        }

        return new Loaded(stamp, SslStreamCertificateContext.Create(server, between, offline: true), authorities);
    }

    private string StampOf() => string.Join(
        '|',
        new[] { _options.CertificateFile, _options.KeyFile, _options.ClientCaFile }.OfType<string>()
            .Select(file => $"{File.GetLastWriteTimeUtc(file).Ticks}:{new FileInfo(file).Length}"));

    [LoggerMessage(1, LogLevel.Information, "TLS certificate {File} has changed and is in use")]
    private partial void LogReloaded(string file);

    [LoggerMessage(2, LogLevel.Error, "Changed TLS files cannot be used, the former ones stay in use: {Why}")]
    private partial void LogNotReloaded(string why);

    private sealed record Loaded(
        string Stamp, SslStreamCertificateContext Server, X509Certificate2Collection? ClientAuthorities);
}
