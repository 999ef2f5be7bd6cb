namespace AugmentedOS.Engine.Api.Binding;

/// <summary><c>temporal.api.workflowservice.v1.WorkflowService</c>.</summary>
internal sealed class WorkflowRpcs(CallGuard guard) : RpcService(Name, guard)
{
    public const string Name = "temporal.api.workflowservice.v1.WorkflowService";
}
