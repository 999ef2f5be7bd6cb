using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The options that hold from now on.</summary>
internal sealed record UpdatedExecutionOptions(WorkflowExecutionOptions Options);
