using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Runtime.Resetting;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Updates;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Input = AugmentedOS.Engine.Executions.Inputs.Input;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>Clients that start, signal, update, cancel, terminate, reset and pause a handful of workflows, again and again, with retries.</summary>
internal sealed class ScriptedClient(Random random, Acknowledged acknowledged)
{
    private const int WorkflowIds = 5;
    private int _requests;

    public static string SomeWorkflowId(Random random) => $"workflow-{random.Next(WorkflowIds)}";

    public void Act(EngineParts engine)
    {
        var workflow = new WorkflowKey(FixedNamespaces.Default.Id, SomeWorkflowId(random));
        switch (random.Next(18))
        {
            case 0 or 1 or 2 or 3:
                Start(engine, workflow);
                break;
            case 4 or 5 or 6:
                Signal(engine, workflow);
                break;
            case 7:
                engine.Executions.Submit(
                    new RequestCancelExecution(workflow, null, new RequestCancelWorkflowExecutionRequest()), _ => { });
                break;
            case 8 when random.Next(3) == 0:
                Terminate(engine, workflow);
                break;
            case 10 or 11 or 12:
                Update(engine, workflow);
                break;
            case 14 or 15:
                Reset(engine, workflow);
                break;
            case 16:
                Pause(engine, workflow);
                break;
            case 17:
                ControlActivities(engine, workflow);
                break;
            case 13:
                UpdateWithStart(engine, workflow);
                break;
            default:
                SignalWithStart(engine, workflow);
                break;
        }
    }

    private void Update(EngineParts engine, WorkflowKey workflow)
    {
        var request = new UpdateWorkflowExecutionRequest { Request = NewUpdate() };
        for (var sent = 0; sent <= random.Next(2); sent++)
        {
            var waiter = NewWaiter(request.Request);
            Ask(engine, workflow, waiter, new UpdateExecution(workflow, null, request, waiter));
        }
    }

    private void UpdateWithStart(EngineParts engine, WorkflowKey workflow)
    {
        var update = NewUpdate();
        var start = NewStart(workflow);
        for (var sent = 0; sent <= random.Next(2); sent++)
        {
            var waiter = NewWaiter(update);
            Ask(engine, workflow, waiter, new UpdateWithStartExecution(workflow, start, update, waiter));
        }
    }

    private void Ask(EngineParts engine, WorkflowKey workflow, UpdateWaiter waiter, Input input) =>
        engine.Executions.Submit(input, outcome =>
        {
            if (outcome.Reply is IUpdateReply reply)
            {
                waiter.Tell(reply.Standing.Progress);
                acknowledged.Updates.Ask(waiter, workflow);
            }
        });

    private Request NewUpdate() => new()
    {
        Meta = new Meta { UpdateId = $"update-{_requests++}" },
        Input = new Temporalio.Api.Update.V1.Input { Name = "update" },
    };

    private UpdateWaiter NewWaiter(Request update) => new(
        update.Meta.UpdateId,
        random.Next(2) == 0
            ? UpdateWorkflowExecutionLifecycleStage.Accepted
            : UpdateWorkflowExecutionLifecycleStage.Completed);

    private StartWorkflowExecutionRequest NewStart(WorkflowKey workflow) => new()
    {
        WorkflowId = workflow.WorkflowId,
        WorkflowType = new WorkflowType { Name = "Scripted" },
        TaskQueue = new TaskQueue { Name = ScriptedWorker.Queue, Kind = TaskQueueKind.Normal },
        RequestId = $"start-{_requests++}",
        WorkflowIdReusePolicy = (WorkflowIdReusePolicy)(1 + random.Next(3)),
        WorkflowIdConflictPolicy = (WorkflowIdConflictPolicy)(1 + random.Next(3)),
    };

    private void Start(EngineParts engine, WorkflowKey workflow)
    {
        var request = new StartWorkflowExecutionRequest(NewStart(workflow))
        {
            WorkflowStartDelay = random.Next(6) == 0 ? random.Next(1, 30).Seconds().ToProto() : null,
            RetryPolicy = random.Next(4) == 0 ? new RetryPolicy { MaximumAttempts = 2 } : null,
            WorkflowRunTimeout = random.Next(5) == 0 ? 300.Seconds().ToProto() : null,
            TimeSkippingConfig = random.Next(5) == 0 ? SomeTimeSkipping() : null,
        };
        for (var sent = 0; sent <= random.Next(2); sent++)
        {
            engine.Executions.Submit(new StartExecution(workflow, request), outcome =>
            {
                if (outcome.Reply is StartedExecution started)
                {
                    acknowledged.Starts.Add(new RunKey(workflow, started.RunId));
                }
            });
        }
    }

    private TimeSkippingConfig SomeTimeSkipping() => new()
    {
        Enabled = true,
        MaxSessionSkipCount = random.Next(1, 8),
        FastForwardConfig = random.Next(2) == 0
            ? new FastForwardConfig { Id = "forward", Duration = random.Next(1, 600).Seconds().ToProto() }
            : null,
    };

    public void Signal(EngineParts engine, WorkflowKey workflow)
    {
        var request = new SignalWorkflowExecutionRequest { SignalName = "signal", RequestId = $"signal-{_requests++}" };
        for (var sent = 0; sent <= random.Next(2); sent++)
        {
            engine.Executions.Submit(new SignalExecution(workflow, null, request), outcome =>
            {
                if (!outcome.IsRejected)
                {
                    acknowledged.Signals[request.RequestId] = workflow;
                }
            });
        }
    }

    private void SignalWithStart(EngineParts engine, WorkflowKey workflow)
    {
        var request = new SignalWithStartWorkflowExecutionRequest
        {
            WorkflowId = workflow.WorkflowId,
            WorkflowType = new WorkflowType { Name = "Scripted" },
            TaskQueue = new TaskQueue { Name = ScriptedWorker.Queue, Kind = TaskQueueKind.Normal },
            RequestId = $"signal-{_requests++}",
            SignalName = "signal",
        };
        engine.Executions.Submit(new SignalWithStartExecution(workflow, request), outcome =>
        {
            if (!outcome.IsRejected)
            {
                acknowledged.Signals[request.RequestId] = workflow;
            }
        });
    }

    /// <summary>Goes back to some event of some run, which may be none to go back to, perhaps twice.</summary>
    private void Reset(EngineParts engine, WorkflowKey workflow)
    {
        var runs = acknowledged.Starts.Where(run => run.Workflow == workflow).ToList();
        RunId? some = random.Next(3) == 0 && runs.Count > 0 ? runs[random.Next(runs.Count)].Run : null;
        var (requestId, pick) = ($"reset-{_requests++}", random.NextDouble());
        engine.Executions.Submit(new Inspect(workflow, some, state => state), found =>
        {
            if (found.Reply is not RunState state)
            {
                return;
            }

            var request = new ResetWorkflowExecutionRequest
            {
                Reason = "scripted",
                RequestId = requestId,
                WorkflowTaskFinishEventId = state.PreviousStartedEventId > 0 && pick < 0.7
                    ? state.PreviousStartedEventId + (pick < 0.3 ? 1 : 0)
                    : 2 + (long)(pick * state.LastEventId),
            };
            for (var sent = 0; sent <= (pick < 0.5 ? 1 : 0); sent++)
            {
                engine.Resets.Submit(new ResetRequest(workflow, some, request), outcome =>
                {
                    if (outcome.Reply is ResetToRun reset)
                    {
                        acknowledged.Starts.Add(new RunKey(workflow, reset.Run));
                    }
                });
            }
        });
    }

    private void Pause(EngineParts engine, WorkflowKey workflow)
    {
        if (random.Next(2) == 0)
        {
            Unpause(engine, workflow);
        }
        else
        {
            engine.Executions.Submit(
                new PauseExecution(workflow, null, new PauseWorkflowExecutionRequest { RequestId = $"pause-{_requests++}" }),
                _ => { });
        }
    }

    private void ControlActivities(EngineParts engine, WorkflowKey workflow)
    {
        Input command = random.Next(3) switch
        {
            0 => new PauseActivities(workflow, null, ActivitySelection.All, "", "", $"pause-{_requests++}"),
            1 => new ResetActivities(
                workflow, null, ActivitySelection.All, random.Next(2) == 0, random.Next(2) == 0, true, 3.Seconds().ToProto()),
            _ => UnpauseActivities(workflow),
        };
        engine.Executions.Submit(command, _ => { });
    }

    public static UnpauseActivities UnpauseActivities(WorkflowKey workflow) => new(
        workflow, null, ActivitySelection.All, ResetAttempts: false, ResetHeartbeat: true, Jitter: null);

    public static void Unpause(EngineParts engine, WorkflowKey workflow) => engine.Executions.Submit(
        new UnpauseExecution(workflow, null, new UnpauseWorkflowExecutionRequest()), _ => { });

    private void Terminate(EngineParts engine, WorkflowKey workflow) => engine.Executions.Submit(
        new Inspect(workflow, null, state => state.Key), found =>
        {
            if (found.Reply is not RunKey run)
            {
                return;
            }

            engine.Executions.Submit(
                new TerminateExecution(workflow, run.Run, new TerminateWorkflowExecutionRequest { Reason = "scripted" }),
                outcome =>
                {
                    if (!outcome.IsRejected)
                    {
                        acknowledged.Terminations.Add(run);
                    }
                });
        });
}
