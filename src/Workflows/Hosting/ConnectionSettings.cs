namespace AugmentedOS.Workflows.Hosting;

/// <summary>Where workflows run and how to get there: what came of all sources.</summary>
/// <param name="Origin">Why it is this profile, for the log.</param>
/// <param name="Address">The server; of no use to an embedded engine's client.</param>
/// <param name="Tls">Of a server's connection; null: no TLS.</param>
/// <param name="EmbeddedTls">What an embedded engine's client uses if the engine has TLS.</param>
internal sealed record ConnectionSettings(
    WorkflowsProfile Profile,
    string Origin,
    string? Address,
    string Namespace,
    string? ApiKey,
    TlsMaterial? Tls,
    WorkflowsTlsOptions EmbeddedTls,
    string? File,
    string? Owner,
    IReadOnlyDictionary<string, string> Metadata)
{
    public bool IsEmbedded => Profile == WorkflowsProfile.Embedded;
}
