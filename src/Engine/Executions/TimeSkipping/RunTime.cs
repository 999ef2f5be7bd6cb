using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.TimeSkipping;

/// <summary>What a run that may skip time has of its own: how far it is ahead, and how it may go on.</summary>
/// <param name="Config">In effect; null when only the time was inherited. <c>Enabled</c> falls when a fast-forward is over or
/// the session has used up its skips.</param>
/// <param name="Ahead">How far the run's time is ahead of the engine's.</param>
/// <param name="Skips">How often it skipped in this session.</param>
/// <param name="FastForwardTo">Where the fast-forward ends; null without one.</param>
/// <param name="IsFastForwardOver">Whether it got there.</param>
internal sealed record RunTime(
    TimeSkippingConfig? Config, TimeSpan Ahead, int Skips, Instant? FastForwardTo, bool IsFastForwardOver)
{
    public bool IsEnabled => Config is { Enabled: true };

    /// <summary>Where a fast-forward that still runs will end; null when there is none.</summary>
    public Instant? PendingFastForward => IsEnabled && !IsFastForwardOver ? FastForwardTo : null;

    /// <summary>The time of a run as its first event says; null when it has none of its own.</summary>
    public static RunTime? Of(WorkflowExecutionStartedEventAttributes started, Instant at)
    {
        var (config, inherited) = (started.TimeSkippingConfig, started.TimeSkippingStatePropagation);
        if (config is null && inherited?.InitialSkippedDuration is null)
        {
            return null;
        }

        var time = new RunTime(
            config, (inherited?.InitialSkippedDuration).OrZero(), inherited?.InitialSkipCount ?? 0, null, false);
        return time.WithFastForward(at, inherited?.FastForwardTargetTime is { } target ? Instant.From(target) : null);
    }

    /// <summary>A new configuration begins a new session.</summary>
    public static RunTime Updated(RunTime? before, TimeSkippingConfig? config, Instant at) =>
        new RunTime(config, before?.Ahead ?? TimeSpan.Zero, 0, null, false).WithFastForward(at, inherited: null);

    /// <summary>After a skip, or after the end of a fast-forward that needed none.</summary>
    public RunTime After(WorkflowExecutionTimeSkippingTransitionedEventAttributes skipped, Instant at)
    {
        var ahead = skipped.TargetTime is { } target ? Ahead + (Instant.From(target) - at) : Ahead;
        var skips = Skips + 1;
        var isOver = skipped.DisabledAfterFastForward && FastForwardTo is not null;
        var ends = isOver || (Config is { MaxSessionSkipCount: > 0 and var most } && skips >= most);
        return this with
        {
            Ahead = ahead,
            Skips = skips,
            IsFastForwardOver = IsFastForwardOver || isOver,
            Config = ends ? Disabled(Config) : Config,
        };
    }

    /// <summary>What the next run of the chain goes on with.</summary>
    public void PassOn(WorkflowExecutionStartedEventAttributes next)
    {
        next.TimeSkippingConfig = Config?.Clone();
        next.TimeSkippingStatePropagation = new TimeSkippingStatePropagation
        {
            InitialSkippedDuration = Ahead.ToProto(),
            InitialSkipCount = Skips,
            FastForwardTargetTime = FastForwardTo?.ToTimestamp(),
        };
    }

    /// <summary>What a child gets: the time, and the configuration but for the fast-forward.</summary>
    public void PassOn(StartChildWorkflowExecutionInitiatedEventAttributes child)
    {
        if (Ahead > TimeSpan.Zero)
        {
            child.TimeSkippingStatePropagation = new TimeSkippingStatePropagation { InitialSkippedDuration = Ahead.ToProto() };
        }

        if (Config is { DisablePropagation: false })
        {
            child.TimeSkippingConfig = Config.Clone();
            child.TimeSkippingConfig.FastForwardConfig = null;
        }
    }

    private RunTime WithFastForward(Instant at, Instant? inherited)
    {
        if (Config?.FastForwardConfig is not { } forward)
        {
            return this;
        }

        var isOver = inherited <= at;
        return this with
        {
            FastForwardTo = inherited ?? (at + forward.Duration.OrZero()),
            IsFastForwardOver = isOver,
            Config = isOver ? Disabled(Config) : Config,
        };
    }

    /// <summary>Messages in the state are shared with events: a change makes a copy.</summary>
    private static TimeSkippingConfig? Disabled(TimeSkippingConfig? config)
    {
        if (config is not { Enabled: true })
        {
            return config;
        }

        var disabled = config.Clone();
        disabled.Enabled = false;
        return disabled;
    }
}
