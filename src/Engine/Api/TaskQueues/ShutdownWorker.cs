using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.Workers;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.TaskQueues;

/// <summary>A worker says goodbye: its sticky tasks move over, and its polls end. Fine for a worker nobody knows.</summary>
internal sealed class ShutdownWorker(
    NamespaceGate gate, TaskMatcher matcher, WorkerRegistry workers, EngineFeatures features)
    : IRpc<ShutdownWorkerRequest, ShutdownWorkerResponse>
{
    public ValueTask<Answer<ShutdownWorkerResponse>> AnswerAsync(ShutdownWorkerRequest request, Call call)
    {
        if ((gate.Enter(request.Namespace, out var ns) ?? Lengths.Identity(request.Identity)) is { } refusal)
        {
            return (Answer<ShutdownWorkerResponse>)refusal;
        }

        if (request.WorkerHeartbeat is { } last)
        {
            workers.Record(ns.Id, [last]);
        }

        workers.ShutDown(ns.Id, request.WorkerInstanceKey);
        matcher.ShutDownWorker(
            ns.Id, request.StickyTaskQueue, features.CancelPollsOnShutdown ? request.WorkerInstanceKey : "");
        return (Answer<ShutdownWorkerResponse>)new ShutdownWorkerResponse();
    }
}
