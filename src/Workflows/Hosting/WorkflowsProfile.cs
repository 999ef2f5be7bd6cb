namespace AugmentedOS.Workflows.Hosting;

/// <summary>Which engine is behind the connection. No code of a workflow, an activity or a client sees the
/// difference.</summary>
public enum WorkflowsProfile
{
    /// <summary>The engine runs in this process and keeps everything in one file.</summary>
    Embedded,

    /// <summary>A server that you run, at an address.</summary>
    Cluster,

    /// <summary>A managed service: an address, a namespace <c>name.account</c>, TLS, and an API key or a client
    /// certificate.</summary>
    Cloud,
}
