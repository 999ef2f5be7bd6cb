using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Batch.Inputs;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>Clients that begin batch operations of every kind, on runs that they name and on all that there are, and stop
/// some of them.</summary>
internal sealed class ScriptedBatches(Random random, Acknowledged acknowledged)
{
    private const int MaxRunning = 3;
    private const string Doomed = "doomed-";
    private readonly List<RunKey> _doomed = [];
    private int _jobs;

    /// <summary>Whether a workflow's runs may be deleted at any time.</summary>
    public static bool IsDoomed(WorkflowKey workflow) =>
        workflow.WorkflowId.StartsWith(Doomed, StringComparison.Ordinal);

    public static IEnumerable<BatchState> StatesOf(SimulatedDisk disk) =>
        disk.Entities.Values.Where(stored => stored.Key.Kind == EntityKind.BatchOperation).Select(stored =>
        {
            var source = new ByteSource(stored.State.Span);
            return BatchType.Read(stored.Key, ref source);
        });

    public static bool IsAtRest(SimulatedDisk disk) => StatesOf(disk).All(batch => !batch.IsRunning);

    public void Act(EngineParts engine)
    {
        switch (random.Next(10))
        {
            case 0 when _jobs > 0:
                engine.Batches.Host.Submit(new StopBatch(KeyOf(random.Next(_jobs))), static _ => { });
                break;
            case 1 or 2:
                StartDoomed(engine);
                break;
            default:
                Begin(engine);
                break;
        }
    }

    private static EntityKey KeyOf(int job) =>
        new(EntityKind.BatchOperation, FixedNamespaces.Default.Id, $"batch-{job}");

    private void StartDoomed(EngineParts engine)
    {
        var workflow = new WorkflowKey(FixedNamespaces.Default.Id, $"{Doomed}{random.Next(3)}");
        var request = new StartWorkflowExecutionRequest
        {
            WorkflowId = workflow.WorkflowId,
            WorkflowType = new WorkflowType { Name = "Scripted" },
            TaskQueue = new TaskQueue { Name = ScriptedWorker.Queue },
            RequestId = $"{Doomed}{_jobs}-{_doomed.Count}",
        };
        engine.Executions.Submit(new StartExecution(workflow, request), outcome =>
        {
            if (outcome.Reply is StartedExecution started)
            {
                _doomed.Add(new RunKey(workflow, started.RunId));
            }
        });
    }

    private void Begin(EngineParts engine)
    {
        var key = KeyOf(_jobs++);
        var request = new StartBatchOperationRequest { Namespace = "default", JobId = key.Id, Reason = "scripted" };
        switch (random.Next(9))
        {
            case 0:
                request.TerminationOperation = new BatchOperationTermination();
                NameSome(request);
                break;
            case 1:
                request.CancellationOperation = new BatchOperationCancellation();
                NameSomeOrAll(request);
                break;
            case 2 or 3:
                request.SignalOperation = new BatchOperationSignal { Signal = "batch" };
                NameSomeOrAll(request);
                break;
            case 4 when _doomed.Count > 0:
                request.DeletionOperation = new BatchOperationDeletion();
                request.TargetExecutions.Add(_doomed.Select(Name));
                break;
            case 5:
                request.UpdateWorkflowOptionsOperation = new BatchOperationUpdateWorkflowExecutionOptions
                {
                    WorkflowExecutionOptions = new() { Priority = new Priority { PriorityKey = 1 + random.Next(5) } },
                    UpdateMask = new FieldMask { Paths = { "priority" } },
                };
                NameSomeOrAll(request);
                break;
            case 6:
                ControlActivities(request);
                NameSomeOrAll(request);
                break;
            default:
                request.ResetOperation = SomeReset();
                NameSome(request);
                break;
        }

        for (var sent = 0; sent <= random.Next(2); sent++)
        {
            engine.Batches.Host.Submit(new StartBatch(key, request, MaxRunning), outcome =>
            {
                if (!outcome.IsRejected)
                {
                    acknowledged.Batches.Add(key);
                }
            });
        }
    }

    private void ControlActivities(StartBatchOperationRequest request)
    {
        switch (random.Next(3))
        {
            case 0:
                request.UnpauseActivitiesOperation = new() { MatchAll = true, ResetAttempts = random.Next(2) == 0 };
                break;
            case 1:
                request.ResetActivitiesOperation = new() { Type = "Scripted", KeepPaused = random.Next(2) == 0 };
                break;
            default:
                request.UpdateActivityOptionsOperation = new()
                {
                    MatchAll = true,
                    ActivityOptions = new() { StartToCloseTimeout = 40.Seconds().ToProto() },
                    UpdateMask = new FieldMask { Paths = { "start_to_close_timeout" } },
                };
                break;
        }
    }

    private BatchOperationReset SomeReset()
    {
        var options = new ResetOptions();
        switch (random.Next(4))
        {
            case 0:
                options.WorkflowTaskId = 2 + random.Next(6);
                break;
            case 1:
                options.LastWorkflowTask = new Empty();
                break;
            default:
                options.FirstWorkflowTask = new Empty();
                break;
        }

        if (random.Next(3) == 0)
        {
            options.ResetReapplyExcludeTypes.Add(ResetReapplyExcludeType.Signal);
        }

        return new BatchOperationReset { Options = options };
    }

    private void NameSomeOrAll(StartBatchOperationRequest request)
    {
        if (random.Next(2) == 0)
        {
            request.VisibilityQuery = "StartTime IS NOT NULL"; // All: the simulated journal reads no queries.
        }
        else
        {
            NameSome(request);
        }
    }

    /// <summary>Current runs, certain runs, and one that never was. Each once.</summary>
    private void NameSome(StartBatchOperationRequest request)
    {
        var runs = acknowledged.Starts.Where(run => run.Namespace == FixedNamespaces.Default.Id).ToList();
        var named = new List<Execution> { Current("nobody") };
        for (var count = random.Next(6); count >= 0; count--)
        {
            named.Add(random.Next(2) == 0 || runs.Count == 0
                ? Current(ScriptedClient.SomeWorkflowId(random))
                : Name(runs[random.Next(runs.Count)]));
        }

        request.TargetExecutions.Add(named.Distinct());
    }

    private static Execution Current(string workflowId) => new() { Type = ExecutionType.Workflow, BusinessId = workflowId };

    private static Execution Name(RunKey run) =>
        new() { Type = ExecutionType.Workflow, BusinessId = run.WorkflowId, RunId = run.Run.ToString() };
}
