namespace AugmentedOS.Engine.Api.Binding;

/// <summary><c>temporal.api.workflowservice.v1.WorkflowService</c>.</summary>
internal sealed class WorkflowRpcs : RpcService
{
    public const string Name = "temporal.api.workflowservice.v1.WorkflowService";

    public WorkflowRpcs(CallGuard guard)
        : base(Name, guard) => AddUnbuilt(NotBuilt.OfWorkflows);
}
