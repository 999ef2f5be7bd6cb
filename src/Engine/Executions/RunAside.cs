using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Executions.Options;
using AugmentedOS.Engine.Executions.Pausing;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>The part of a run's state that few facts change. Its members are those of <see cref="RunState"/>, which says
/// what they mean.</summary>
internal sealed record RunAside
{
    public static RunAside Empty { get; } = new();

    public RunOptions Options { get; init; } = RunOptions.None;

    public ImmutableDictionary<long, PendingChild> Children { get; init; } =
        ImmutableDictionary<long, PendingChild>.Empty;

    public ImmutableDictionary<long, PendingExternal> Externals { get; init; } =
        ImmutableDictionary<long, PendingExternal>.Empty;

    public int PendingExternalSignals { get; init; }

    public int PendingExternalCancels { get; init; }

    public bool CancelRequested { get; init; }

    public ImmutableHashSet<string> SignalRequestIds { get; init; } = [];

    public ImmutableDictionary<string, long> AttachedRequestIds { get; init; } =
        ImmutableDictionary<string, long>.Empty;

    public ImmutableSortedDictionary<string, Payload> Memo { get; init; } =
        ImmutableSortedDictionary.Create<string, Payload>(StringComparer.Ordinal);

    public ImmutableSortedDictionary<string, Payload> SearchAttributes { get; init; } =
        ImmutableSortedDictionary.Create<string, Payload>(StringComparer.Ordinal);

    public WorkflowPause? Pause { get; init; }

    public UpdatesState Updates { get; init; } = UpdatesState.Empty;

    public RunVersioning? Versioning { get; init; }

    public ResetOrigin? Origin { get; init; }

    public ResetSuccessor? Successor { get; init; }

    public ImmutableList<ResetPointInfo> ResetPoints { get; init; } = [];

    public ImmutableSortedSet<long> PendingDeliveries { get; init; } = [];

    public NexusState Nexus { get; init; } = NexusState.Empty;

    public StandaloneActivity? Activity { get; init; }

    public bool IsDeletionRequested { get; init; }

    public RunTime? Time { get; init; }

    public bool IsParentInformed { get; init; }

    public int UnstartedChildren { get; init; }
}
