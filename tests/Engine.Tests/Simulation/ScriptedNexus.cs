using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Nexus.Endpoints;
using AugmentedOS.Engine.Nexus.Tasks;
using AugmentedOS.Engine.Nexus.Wire;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Failure = Temporalio.Api.Failure.V1.Failure;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>A Nexus service that answers at once, later, with a workflow, with a failure or never, as the seed says.</summary>
internal sealed class ScriptedNexus(Random random, Acknowledged acknowledged)
{
    public const string Endpoint = "scripted";
    private static readonly Guid EndpointId = new("00000000-0000-0000-0000-0000000000e0");
    private readonly List<StartOperationRequest> _unfinished = [];

    public static string WorkflowIdOf(string requestId) => $"handler-{requestId}";

    /// <summary>Makes the endpoint, unless it is there.</summary>
    public static void EnsureEndpoint(EngineParts engine)
    {
        if (engine.Nexus.Endpoints.TryFind(Endpoint, out _))
        {
            return;
        }

        var wanted = new NexusEndpoint
        {
            Id = EndpointId,
            Name = Endpoint,
            TargetNamespace = FixedNamespaces.Default.Id,
            TaskQueue = ScriptedWorker.Queue,
            CreatedAt = default,
            ModifiedAt = default,
        };
        engine.NexusEndpoints.Submit(new CreateEndpoint(wanted), static _ => { });
    }

    /// <summary>Answers a request as a worker does.</summary>
    /// <param name="obedient">Whether it is answered at once and well.</param>
    public void Handle(EngineParts engine, NexusTask task, bool obedient)
    {
        if (task.Request.StartOperation is { } start)
        {
            Start(engine, task, start, obedient);
        }
        else
        {
            Cancel(engine, task, obedient);
        }
    }

    /// <summary>Completes an operation that was left open, perhaps not for the last time.</summary>
    public void CompleteSome(EngineParts engine)
    {
        if (_unfinished.Count == 0)
        {
            return;
        }

        var index = random.Next(_unfinished.Count);
        var start = _unfinished[index];
        if (random.Next(3) != 0)
        {
            _unfinished.RemoveAt(index);
        }

        var completion = random.Next(4) switch
        {
            0 => new NexusCompletion { Token = start.RequestId, Failure = Failed() },
            1 => new NexusCompletion { Token = start.RequestId, Failure = Canceled(), IsCanceled = true },
            _ => new NexusCompletion { Token = start.RequestId, Result = Data() },
        };
        engine.Nexus.Receiver.Receive(
            start.CallbackHeader[NexusHeaderNames.CallbackToken], "default", completion, refusal =>
            {
                if (refusal is null)
                {
                    acknowledged.NexusCompletions.Add(start.CallbackHeader[NexusHeaderNames.CallbackToken]);
                }
            });
    }

    private void Start(EngineParts engine, NexusTask task, StartOperationRequest start, bool obedient)
    {
        switch (obedient ? 9 : random.Next(11))
        {
            case 0 or 1:
                Answer(engine, task, new StartOperationResponse { SyncSuccess = new() { Payload = Data() } });
                break;
            case 2:
                Answer(engine, task, new StartOperationResponse { Failure = random.Next(2) == 0 ? Failed() : Canceled() });
                break;
            case 3:
                engine.Nexus.Dispatcher.Answer(task.Namespace, task.Id, new NexusTaskOutcome.Failed(OfHandler()));
                break;
            case 4 or 5:
                _unfinished.Add(start);
                Answer(engine, task, Started(start.RequestId));
                break;
            case 6:
                _unfinished.Add(start); // Whoever works on it may be done before the answer, which never comes.
                break;
            default:
                StartWorkflow(engine, task, start);
                break;
        }
    }

    /// <summary>As SDKs do it: the same request starts the same workflow, which tells the caller when it has ended.
    /// </summary>
    private void StartWorkflow(EngineParts engine, NexusTask task, StartOperationRequest start)
    {
        var workflow = new WorkflowKey(task.Namespace, WorkflowIdOf(start.RequestId));
        var callback = new Callback.Types.Nexus { Url = start.Callback };
        callback.Header.Add(start.CallbackHeader);
        callback.Header[NexusHeaderNames.OperationToken] = workflow.WorkflowId;
        var request = new StartWorkflowExecutionRequest
        {
            WorkflowId = workflow.WorkflowId,
            WorkflowType = new WorkflowType { Name = "Scripted" },
            TaskQueue = new TaskQueue { Name = ScriptedWorker.Queue },
            RequestId = start.RequestId,
            CompletionCallbacks = { new Callback { Nexus = callback } },
        };
        engine.Executions.Submit(new StartExecution(workflow, request), outcome =>
        {
            if (outcome.Reply is StartedExecution started)
            {
                acknowledged.Starts.Add(new RunKey(workflow, started.RunId));
                Answer(engine, task, Started(workflow.WorkflowId));
            }
        });
    }

    private void Cancel(EngineParts engine, NexusTask task, bool obedient)
    {
        if (random.Next(2) == 0)
        {
            engine.Nexus.Dispatcher.Answer(task.Namespace, task.Id, new NexusTaskOutcome.Failed(OfHandler()));
            return;
        }

        var token = task.Request.CancelOperation.OperationToken;
        if (token.StartsWith("handler-", StringComparison.Ordinal))
        {
            engine.Executions.Submit(
                new RequestCancelExecution(
                    new WorkflowKey(task.Namespace, token), null, new RequestCancelWorkflowExecutionRequest()),
                static _ => { });
        }

        engine.Nexus.Dispatcher.Answer(
            task.Namespace, task.Id, new NexusTaskOutcome.Answered(new Response { CancelOperation = new() }));
    }

    private static void Answer(EngineParts engine, NexusTask task, StartOperationResponse response) =>
        engine.Nexus.Dispatcher.Answer(
            task.Namespace, task.Id, new NexusTaskOutcome.Answered(new Response { StartOperation = response }));

    private static StartOperationResponse Started(string token) =>
        new() { AsyncSuccess = new() { OperationToken = token } };

    private static Payload Data() => new() { Data = ByteString.CopyFromUtf8("result") };

    private static Failure Failed() => new() { Message = "scripted", ApplicationFailureInfo = new() };

    private static Failure Canceled() => new() { Message = "scripted", CanceledFailureInfo = new() };

    private Failure OfHandler() => new()
    {
        Message = "scripted",
        NexusHandlerFailureInfo = new NexusHandlerFailureInfo { Type = random.Next(2) == 0 ? "BAD_REQUEST" : "UNAVAILABLE" },
    };
}
