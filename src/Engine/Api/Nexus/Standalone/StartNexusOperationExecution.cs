using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Nexus.Endpoints;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>Calls an operation without a workflow, or finds the run that serves the request.</summary>
internal sealed class StartNexusOperationExecution(OperationAccess access, INexusEndpoints endpoints, IIdSource ids)
    : IRpc<StartNexusOperationExecutionRequest, StartNexusOperationExecutionResponse>
{
    public async ValueTask<Answer<StartNexusOperationExecutionResponse>> AnswerAsync(
        StartNexusOperationExecutionRequest request, Call call)
    {
        var refusal = access.Enter(request.Namespace, out var ns)
            ?? OperationChecks.Check(request, ns, access.Limits.In(request.Namespace));
        if (refusal is not null)
        {
            return refusal;
        }

        if (!endpoints.TryFind(request.Endpoint, out var endpoint))
        {
            return Rejection.NotFound($"could not find Nexus endpoint by name: {request.Endpoint}");
        }

        if (request.RequestId.Length == 0)
        {
            request.RequestId = ids.Next().ToString("D");
        }

        var outcome = await access.SubmitAsync(
            new StartOperationExecution(
                OperationAccess.KeyOf(ns, request.OperationId), request, endpoint.Id.ToString("D")),
            request.OperationId).ConfigureAwait(false);
        if (outcome.IsRejected)
        {
            return outcome.Rejection;
        }

        var started = (StartedStandalone)outcome.Reply;
        return new StartNexusOperationExecutionResponse { RunId = started.Run.ToString(), Started = started.IsNew };
    }
}
