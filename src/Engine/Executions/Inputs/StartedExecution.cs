using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply to a start: the run that serves it, new or found.</summary>
/// <param name="RunId">That run.</param>
/// <param name="Started">Whether this request (or an earlier try of it) started the run.</param>
/// <param name="Status">The run's status now.</param>
/// <param name="FirstRunId">The first run of its chain.</param>
/// <param name="Link">Points at the event that the request caused.</param>
/// <param name="Eager">The first workflow task, when the caller takes it along.</param>
internal sealed record StartedExecution(
    RunId RunId,
    bool Started,
    WorkflowExecutionStatus Status,
    string FirstRunId,
    Link Link,
    StartedWorkflowTask? Eager = null);
