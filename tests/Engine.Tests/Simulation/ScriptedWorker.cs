using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Nexus.Tasks;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>A worker with a sticky queue of its own that polls, dawdles, answers, fails or forgets, as the seed says.</summary>
internal sealed class ScriptedWorker(
    string name,
    Random random,
    ScriptedCommands commands,
    ScriptedNexus nexus,
    ScriptedDeployments deployments,
    Acknowledged acknowledged,
    DeploymentVersion? version = null)
{
    public const string Queue = "queue";
    private const int PollsPerQueue = 2;
    private readonly Dictionary<TaskQueueKey, List<Poller>> _polls = [];
    private readonly List<object> _held = [];
    private readonly ScriptedUpdates _updates = new(random);
    private int _markers;

    private string StickyName => $"sticky-{name}";

    public bool HoldsTasks => _held.Count > 0;

    /// <summary>Its process or the engine's is gone: nothing that it holds can be answered.</summary>
    public void Forget()
    {
        _polls.Clear();
        _held.Clear();
    }

    public void Poll(EngineParts engine)
    {
        var ns = FixedNamespaces.Default.Id;
        Poll(engine, new TaskQueueKey(ns, Queue, TaskQueueType.Workflow));
        Poll(engine, new TaskQueueKey(ns, StickyName, TaskQueueType.Workflow, IsSticky: true));
        Poll(engine, new TaskQueueKey(ns, Queue, TaskQueueType.Activity));
        Poll(engine, new TaskQueueKey(ns, Queue, TaskQueueType.Nexus));
    }

    public void CancelSomePoll(EngineParts engine)
    {
        var waiting = _polls.Values.SelectMany(polls => polls).ToList();
        if (waiting.Count > 0)
        {
            engine.Matcher.Cancel(waiting[random.Next(waiting.Count)]);
        }
    }

    /// <summary>Does something with one task that it holds.</summary>
    /// <param name="obedient">Whether every task is now answered as a good worker does.</param>
    public void Work(EngineParts engine, bool obedient)
    {
        if (_held.Count == 0)
        {
            return;
        }

        var index = random.Next(_held.Count);
        var task = _held[index];
        _held.RemoveAt(index);
        if (!obedient && random.Next(12) == 0)
        {
            return; // never heard of again
        }

        switch (task)
        {
            case StartedWorkflowTask workflowTask:
                Answer(engine, workflowTask, obedient);
                break;
            case StartedActivity activity:
                Answer(engine, activity, obedient);
                break;
            case NexusTask request:
                nexus.Handle(engine, request, obedient);
                break;
        }
    }

    private void Poll(EngineParts engine, TaskQueueKey queue)
    {
        if (version is { } runs && !deployments.Register(engine, runs, queue))
        {
            return;
        }

        if (!_polls.TryGetValue(queue, out var polls))
        {
            _polls[queue] = polls = [];
        }

        while (polls.Count < PollsPerQueue)
        {
            Poller? poller = null;
            poller = new Poller(queue, name, name, outcome =>
            {
                polls.Remove(poller!);
                Take(outcome);
            })
            {
                Deployment = version is { } served ? ScriptedDeployments.OptionsOf(served) : null,
            };
            polls.Add(poller);
            engine.Matcher.Poll(poller);
        }
    }

    private void Take(Outcome? outcome)
    {
        if (outcome is { Reply: { } task })
        {
            _held.Add(task);
        }
    }

    private void Answer(EngineParts engine, StartedWorkflowTask task, bool obedient)
    {
        Assert.Equal(EventType.WorkflowTaskStarted, LastEventOf(task));
        var reference = WorkflowTaskReference.Of(task.State.Task!);
        if (!obedient && random.Next(10) == 0)
        {
            engine.Executions.Submit(
                new FailWorkflowTask(task.State.Key, reference, new RespondWorkflowTaskFailedRequest
                {
                    Cause = WorkflowTaskFailedCause.NonDeterministicError,
                    Failure = new Failure { Message = "scripted" },
                    Identity = name,
                }),
                _ => { });
            return;
        }

        string? marker = $"{name}-{_markers++}";
        var request = new RespondWorkflowTaskCompletedRequest { Identity = name };
        if (version is { } runs)
        {
            request.DeploymentOptions = ScriptedDeployments.OptionsOf(runs);
            request.VersioningBehavior = random.Next(2) == 0 ? VersioningBehavior.Pinned : VersioningBehavior.AutoUpgrade;
        }

        request.Messages.AddRange(_updates.For(task, obedient));
        if (!obedient && task.Messages.Count > 0 && random.Next(2) == 0)
        {
            marker = null; // Perhaps it has nothing to say but no.
        }
        else
        {
            request.Commands.Add(ScriptedCommands.Marker(marker));
            request.Commands.AddRange(commands.For(task.State, obedient));
        }

        if (random.Next(4) != 0)
        {
            request.StickyAttributes = new StickyExecutionAttributes
            {
                WorkerTaskQueue = new TaskQueue { Name = StickyName, Kind = TaskQueueKind.Sticky, NormalName = Queue },
                ScheduleToStartTimeout = 10.Seconds().ToProto(),
            };
        }

        request.ReturnNewWorkflowTask = random.Next(2) == 0;
        request.ForceCreateNewWorkflowTask = !obedient && random.Next(8) == 0;
        engine.Executions.Submit(new CompleteWorkflowTask(task.State.Key, reference, request), outcome =>
        {
            if (outcome.Reply is CompletedWorkflowTask completed)
            {
                if (marker is not null)
                {
                    acknowledged.Markers.Add(marker, task.State.Key);
                }

                Take(completed.Next is { } next ? new Outcome(next, null) : null);
                _held.AddRange(completed.EagerActivities);
            }
        });
    }

    private void Answer(EngineParts engine, StartedActivity started, bool obedient)
    {
        var key = started.State.Key;
        var activity = started.Activity;
        var target = ActivityTarget.Of(activity);
        var choice = obedient ? 9 : random.Next(10);
        Input answer = choice switch
        {
            0 or 1 => new FailActivity(key.Workflow, key.Run, target, Failure(nonRetryable: choice == 0), null, name),
            2 when activity.CancelRequestedEventId != 0 => new CancelActivity(key.Workflow, key.Run, target, null, name),
            3 => new RecordActivityHeartbeat(key.Workflow, key.Run, target, ScriptedCommands.Data("beat"), name),
            _ => new CompleteActivity(key.Workflow, key.Run, target, ScriptedCommands.Data("done"), name),
        };
        engine.Executions.Submit(answer, outcome =>
        {
            if (answer is RecordActivityHeartbeat && !outcome.IsRejected)
            {
                _held.Add(started);
            }
            else if (answer is CompleteActivity && !outcome.IsRejected)
            {
                acknowledged.Activities.Add((key, activity.ScheduledEventId));
            }
        });
    }

    private static EventType LastEventOf(StartedWorkflowTask task) => task switch
    {
        { State.Task.IsTransient: true } => EventType.WorkflowTaskStarted,
        { HeldEvents: { Count: > 0 } held } => held[^1].EventType,
        { Events: { Count: > 0 } events } => events[^1].EventType,
        _ => EventType.WorkflowTaskStarted,
    };

    private static Failure Failure(bool nonRetryable) => new()
    {
        Message = "scripted",
        ApplicationFailureInfo = new ApplicationFailureInfo { Type = "Scripted", NonRetryable = nonRetryable },
    };
}
