using Temporalio.Api.History.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Query.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply to a poller that got a workflow task: the state right after its start.</summary>
/// <param name="State">Has the started task in <see cref="RunState.Task"/>.</param>
/// <param name="FirstEventId">Where the poll's history begins: 1, or what the sticky worker has not seen.</param>
internal sealed record StartedWorkflowTask(RunState State, long FirstEventId)
{
    /// <summary>The events from <see cref="FirstEventId"/> to the newest when the shard still has them in memory; null
    /// when they must be read from the journal.</summary>
    public IReadOnlyList<HistoryEvent>? Events { get; init; }

    /// <summary>The task's own events, when history does not have them (yet).</summary>
    public IReadOnlyList<HistoryEvent> HeldEvents { get; init; } = [];

    /// <summary>Updates for the workflow, in the order of their admission.</summary>
    public IReadOnlyList<Message> Messages { get; init; } = [];

    /// <summary>Buffered queries that the worker answers with this task, by query id; null when there are none.</summary>
    public IReadOnlyDictionary<string, WorkflowQuery>? Queries { get; init; }
}
