namespace AugmentedOS.Workflows.Hosting;

/// <summary>Where workflows run and how to get there. What is null is looked for elsewhere: code wins over the
/// configuration section <c>Workflows</c>, that over <c>TEMPORAL_*</c> variables, those over the profile of
/// <c>temporal.toml</c>, and that over defaults.</summary>
/// <remarks>Read and checked once, by <see cref="WorkflowsServices"/>. Settings that the profile has no use for are
/// left alone, so that <see cref="Profile"/> alone moves an application. The profile
/// <see cref="WorkflowsProfile.Embedded"/> reads no <c>TEMPORAL_*</c> variable and no <c>temporal.toml</c>: they say
/// how to reach a server.</remarks>
public sealed class WorkflowsOptions
{
    /// <summary>Which engine. Null: <see cref="WorkflowsProfile.Cluster"/> where an address is configured or a variable
    /// <c>TEMPORAL_ADDRESS</c>, <c>TEMPORAL_PROFILE</c> or <c>TEMPORAL_CONFIG_FILE</c> is set, otherwise
    /// <see cref="WorkflowsProfile.Embedded"/>.</summary>
    public WorkflowsProfile? Profile { get; set; }

    /// <summary>The server, as <c>host:port</c>. Where an embedded engine listens is its own setting, <c>Engine:Ip</c>
    /// and <c>Engine:Port</c>.</summary>
    public string? Address { get; set; }

    /// <summary>The namespace; an embedded engine makes it when it is missing. Default: <c>default</c>.</summary>
    public string? Namespace { get; set; }

    /// <summary>The key that the client proves itself with. Turns TLS on; an embedded engine has TLS when
    /// <c>Engine:Tls</c> says so.</summary>
    public string? ApiKey { get; set; }

    /// <summary>The file of an embedded engine, or <c>:memory:</c>; null leaves it to the section <c>Engine</c>
    /// (<c>aos.db</c>). One engine at a time has a file.</summary>
    public string? File { get; set; }

    /// <summary>The name under which schedules are kept: those of this name that are no longer declared are removed.
    /// Null: the application's name.</summary>
    public string? Owner { get; set; }

    /// <summary>TLS of the connection.</summary>
    public WorkflowsTlsOptions Tls { get; } = new();
}
