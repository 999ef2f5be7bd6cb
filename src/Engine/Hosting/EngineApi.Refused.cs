using AugmentedOS.Engine.Api.Binding;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Hosting;

/// <content>What a Temporal server refuses unless it is told otherwise: earlier generations of versioning, pushes of
/// worker configuration, and other clusters. Workflow rules are refused as what is not built: the words are the same.</content>
internal sealed partial class EngineApi
{
    private void AddRefused()
    {
        AddEarlierVersioning();
        AddWorkflowRules();
        Workflows
            .Add(new AlwaysRefused<FetchWorkerConfigRequest, FetchWorkerConfigResponse>(
                Rejection.Unimplemented("FetchWorkerConfig command is not enabled.")))
            .Add(new AlwaysRefused<UpdateWorkerConfigRequest, UpdateWorkerConfigResponse>(
                Rejection.Unimplemented("UpdateWorkerConfig command is not enabled.")));
        Operators
            .Add(new AlwaysRefused<AddOrUpdateRemoteClusterRequest, AddOrUpdateRemoteClusterResponse>(
                Rejection.Unimplemented("This engine runs on one machine; it joins no other cluster.")))
            .Add(new AlwaysRefused<RemoveRemoteClusterRequest, RemoveRemoteClusterResponse>(
                Rejection.NotFound("The cluster to be deleted cannot be found in clusters cache.")));
    }

    /// <summary>As a Temporal server answers by default.</summary>
    private void AddWorkflowRules() => Workflows
        .Add(new AlwaysRefused<CreateWorkflowRuleRequest, CreateWorkflowRuleResponse>(NotSupported("CreateWorkflowRule")))
        .Add(new AlwaysRefused<DescribeWorkflowRuleRequest, DescribeWorkflowRuleResponse>(
            NotSupported("DescribeWorkflowRule")))
        .Add(new AlwaysRefused<DeleteWorkflowRuleRequest, DeleteWorkflowRuleResponse>(NotSupported("DeleteWorkflowRule")))
        .Add(new AlwaysRefused<ListWorkflowRulesRequest, ListWorkflowRulesResponse>(NotSupported("ListWorkflowRules")))
        .Add(new AlwaysRefused<TriggerWorkflowRuleRequest, TriggerWorkflowRuleResponse>(
            NotSupported("TriggerWorkflowRule")));

    private static Rejection NotSupported(string method) => Rejection.Unimplemented($"method {method} not supported");

    private void AddEarlierVersioning()
    {
        var sets = Rejection.PermissionDenied(
            "Worker versioning v0.1 (Version Set-based, deprecated) is disabled on this namespace.");
        var rules = Rejection.PermissionDenied(
            "Worker versioning v0.2 (Rules-based, deprecated) is disabled on this namespace.");
        var deployments = Rejection.Unimplemented(
            "Deployments are deprecated and no longer supported, use Worker Deployments instead");
        Workflows
            .Add(new AlwaysRefused<UpdateWorkerBuildIdCompatibilityRequest, UpdateWorkerBuildIdCompatibilityResponse>(sets))
            .Add(new AlwaysRefused<GetWorkerBuildIdCompatibilityRequest, GetWorkerBuildIdCompatibilityResponse>(sets))
            .Add(new AlwaysRefused<GetWorkerTaskReachabilityRequest, GetWorkerTaskReachabilityResponse>(rules))
            .Add(new AlwaysRefused<UpdateWorkerVersioningRulesRequest, UpdateWorkerVersioningRulesResponse>(rules))
            .Add(new AlwaysRefused<GetWorkerVersioningRulesRequest, GetWorkerVersioningRulesResponse>(rules))
            .Add(new AlwaysRefused<DescribeDeploymentRequest, DescribeDeploymentResponse>(deployments))
            .Add(new AlwaysRefused<ListDeploymentsRequest, ListDeploymentsResponse>(deployments))
            .Add(new AlwaysRefused<GetDeploymentReachabilityRequest, GetDeploymentReachabilityResponse>(deployments))
            .Add(new AlwaysRefused<GetCurrentDeploymentRequest, GetCurrentDeploymentResponse>(deployments))
            .Add(new AlwaysRefused<SetCurrentDeploymentRequest, SetCurrentDeploymentResponse>(deployments));
    }
}
