using AugmentedOS.Engine.Executions;
using Temporalio.Api.Query.V1;

namespace AugmentedOS.Engine.Queries;

/// <summary>What a poller gets that was reserved for a query: no workflow task, nothing recorded.</summary>
/// <param name="QueryId">Goes into the task token; the worker's answer brings it back.</param>
/// <param name="State">The run as it was asked about: history goes up to <see cref="RunState.LastEventId"/>.</param>
/// <param name="IsSticky">Whether the worker has the run cached: it gets no history at all, another one gets all of it.</param>
internal sealed record QueryTask(string QueryId, RunState State, WorkflowQuery Query, bool IsSticky);
