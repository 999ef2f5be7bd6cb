using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Runtime.Resetting;

/// <summary>A reset that somebody asks for.</summary>
/// <param name="Run">The run to go back in; null means the current one.</param>
/// <param name="Request">Its request id makes a repetition harmless.</param>
internal sealed record ResetRequest(WorkflowKey Workflow, RunId? Run, ResetWorkflowExecutionRequest Request);
