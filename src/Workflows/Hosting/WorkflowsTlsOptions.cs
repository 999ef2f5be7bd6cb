namespace AugmentedOS.Workflows.Hosting;

/// <summary>TLS of the connection. On when anything of it is set, when there is an API key, and always in the cloud;
/// with an embedded engine when that has TLS.</summary>
public sealed class WorkflowsTlsOptions
{
    /// <summary>True turns TLS off, false turns it on; null leaves it to the rest.</summary>
    public bool? Disabled { get; set; }

    /// <summary>The client's certificate, a PEM file; needs <see cref="KeyFile"/>.</summary>
    public string? CertificateFile { get; set; }

    /// <summary>The key of the client's certificate, a PEM file.</summary>
    public string? KeyFile { get; set; }

    /// <summary>The authorities that may have signed the server's certificate, a PEM file. Null: those of the
    /// system.</summary>
    public string? CaFile { get; set; }

    /// <summary>The name in the server's certificate, where it is not the address's host.</summary>
    public string? ServerName { get; set; }
}
