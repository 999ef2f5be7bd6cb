namespace AugmentedOS.Workflows.Health;

/// <summary>When workflows count as unwell.</summary>
public sealed class WorkflowHealthOptions
{
    /// <summary>How long one check may take before its answer is no. Default: 5 s.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Free space of the embedded engine's disk, in bytes, below which it is degraded. Default: 1
    /// GiB.</summary>
    public long FreeDiskDegraded { get; set; } = 1L << 30;

    /// <summary>Free space of the embedded engine's disk, in bytes, below which it is unhealthy: a full disk stops
    /// every workflow. Default: 64 MiB.</summary>
    public long FreeDiskUnhealthy { get; set; } = 64L << 20;

    /// <summary>How late timers of this process may be before the embedded engine is degraded. Default: 1 s.</summary>
    public TimeSpan TimerLagDegraded { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How late timers of this process may be before the embedded engine is unhealthy. Default: 10
    /// s.</summary>
    public TimeSpan TimerLagUnhealthy { get; set; } = TimeSpan.FromSeconds(10);
}
