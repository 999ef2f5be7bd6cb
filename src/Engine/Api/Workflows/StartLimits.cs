using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Applies the rules of starts as they are here and now.</summary>
internal sealed class StartLimits(EngineLimits limits, TimeProvider time)
{
    public Rejection? Check(StartWorkflowExecutionRequest request, NamespaceInfo ns) =>
        StartValidation.Check(request, ns, limits, Instant.From(time.GetUtcNow()))
        ?? Checks.Lengths.Identity(request.Identity);

    public Rejection? Check(SignalWithStartWorkflowExecutionRequest request, NamespaceInfo ns) =>
        StartValidation.Check(request, ns, limits, Instant.From(time.GetUtcNow()))
        ?? Checks.Lengths.Identity(request.Identity);
}
