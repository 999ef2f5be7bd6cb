using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Activity.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Input = AugmentedOS.Engine.Executions.Inputs.Input;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>Clients that start a few activities without a workflow and do everything to them that can be done, with retries.
/// </summary>
internal sealed class ScriptedActivities(Random random, Acknowledged acknowledged)
{
    private const int Ids = 3;
    private static readonly NamespaceId Space = IdSpaces.ActivitiesOf(FixedNamespaces.Default.Id);
    private int _requests;

    public void Act(EngineParts engine)
    {
        var key = new WorkflowKey(Space, $"activity-{random.Next(Ids)}");
        if (random.Next(5) < 2)
        {
            Start(engine, key);
            return;
        }

        engine.Executions.Submit(new Inspect(key, null, static state => state.Key), found =>
        {
            if (found.Reply is RunKey run)
            {
                Command(engine, run);
            }
        });
    }

    /// <summary>Lets what is paused go on.</summary>
    public void Unpause(EngineParts engine, RunKey run) => engine.Executions.Submit(
        new UnpauseStandaloneActivity(run.Workflow, run.Run, NextRequest(), "", null), static _ => { });

    private void Start(EngineParts engine, WorkflowKey key)
    {
        var request = new StartActivityExecutionRequest
        {
            ActivityId = key.WorkflowId,
            ActivityType = new ActivityType { Name = "Scripted" },
            TaskQueue = new() { Name = ScriptedWorker.Queue },
            RequestId = NextRequest(),
            StartToCloseTimeout = 20.Seconds().ToProto(),
            ScheduleToCloseTimeout = random.Next(3) == 0 ? random.Next(1, 60).Seconds().ToProto() : null,
            StartDelay = random.Next(3) == 0 ? random.Next(1, 30).Seconds().ToProto() : null,
            RetryPolicy = new RetryPolicy { MaximumAttempts = random.Next(4) },
            IdReusePolicy = (ActivityIdReusePolicy)random.Next(4),
            IdConflictPolicy = (ActivityIdConflictPolicy)random.Next(3),
            OnConflictOptions = random.Next(2) == 0
                ? new OnConflictOptions { AttachRequestId = true, AttachLinks = true }
                : null,
            Links = { new Link { BatchJob = new Link.Types.BatchJob { JobId = "job" } } },
        };
        for (var sent = 0; sent <= random.Next(2); sent++)
        {
            engine.Executions.Submit(new StartStandaloneActivity(key, request), outcome =>
            {
                if (outcome.Reply is StartedStandalone started)
                {
                    acknowledged.Starts.Add(new RunKey(key, started.Run));
                }
            });
        }
    }

    private void Command(EngineParts engine, RunKey run)
    {
        var (key, request) = (run.Workflow, NextRequest());
        Input command = random.Next(9) switch
        {
            0 => new CancelStandaloneActivity(key, run.Run, request, "", "scripted"),
            1 => new TerminateStandaloneActivity(key, run.Run, request, "", "scripted"),
            2 or 3 => new PauseStandaloneActivity(key, run.Run, request, "", "scripted"),
            4 or 5 => new UnpauseStandaloneActivity(key, run.Run, request, "", 2.Seconds().ToProto()),
            6 or 7 => new ResetStandaloneActivity(
                key, run.Run, request, "", random.Next(2) == 0, random.Next(2) == 0, random.Next(2) == 0, null),
            _ => Update(key, run.Run, request),
        };
        for (var sent = 0; sent <= random.Next(2); sent++)
        {
            engine.Executions.Submit(command, outcome =>
            {
                if (command is TerminateStandaloneActivity && !outcome.IsRejected)
                {
                    acknowledged.Terminations.Add(run);
                }
            });
        }
    }

    private UpdateStandaloneActivity Update(WorkflowKey key, RunId run, string request)
    {
        var options = new ActivityOptions
        {
            StartDelay = random.Next(20).Seconds().ToProto(),
            HeartbeatTimeout = random.Next(20).Seconds().ToProto(),
            ScheduleToCloseTimeout = random.Next(60).Seconds().ToProto(),
        };
        var path = random.Next(4) switch
        {
            0 => "start_delay",
            1 => "heartbeat_timeout",
            2 => "schedule_to_close_timeout",
            _ => null,
        };
        return new UpdateStandaloneActivity(
            key, run, request, "", options, path is null ? null : new FieldMask { Paths = { path } });
    }

    private string NextRequest() => $"standalone-{_requests++}";
}
