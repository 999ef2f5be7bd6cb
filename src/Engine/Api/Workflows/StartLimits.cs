using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Executions.Versioning;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.Workflow.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Workflows;

/// <summary>Applies the rules of starts as they are here and now.</summary>
internal sealed class StartLimits(EngineLimits limits, TimeProvider time, IVersionDirectory versions)
{
    public Rejection? Check(StartWorkflowExecutionRequest request, NamespaceInfo ns) =>
        StartValidation.Check(request, ns, limits.In(ns.Name), Instant.From(time.GetUtcNow()))
        ?? Checks.Lengths.Identity(request.Identity)
        ?? Pinned(request.VersioningOverride, ns, request.TaskQueue.Name);

    public Rejection? Check(SignalWithStartWorkflowExecutionRequest request, NamespaceInfo ns) =>
        StartValidation.Check(request, ns, limits.In(ns.Name), Instant.From(time.GetUtcNow()))
        ?? Checks.Lengths.Identity(request.Identity)
        ?? Pinned(request.VersioningOverride, ns, request.TaskQueue.Name);

    private Rejection? Pinned(VersioningOverride? decreed, NamespaceInfo ns, string queue) => decreed is null
        ? null
        : PinnedVersions.Refuse(VersioningOverrides.Modern(decreed), ns.Id, queue, versions);
}
