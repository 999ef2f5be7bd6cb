using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What scripted workflows want: anything that the state allows, and in the end to be done.</summary>
internal sealed class ScriptedCommands(Random random)
{
    private const int TasksUntilDone = 8;
    private int _ids;

    public static Command Marker(string name) => new()
    {
        CommandType = CommandType.RecordMarker,
        RecordMarkerCommandAttributes = new RecordMarkerCommandAttributes { MarkerName = name },
    };

    public static Payloads Data(string text)
    {
        var payloads = new Payloads();
        payloads.Payloads_.Add(new Payload { Data = ByteString.CopyFromUtf8(text) });
        return payloads;
    }

    /// <param name="obedient">Whether the workflow shall end as soon as it can.</param>
    public List<Command> For(RunState state, bool obedient)
    {
        var commands = new List<Command>();
        if (!obedient)
        {
            for (var count = random.Next(5); count > 0; count--)
            {
                commands.Add(Something(state, commands));
            }
        }

        // A good workflow waits for the end of what it has called; a bad one goes at any time.
        var isDone = obedient && state.Nexus.Operations.IsEmpty;
        if (isDone || state.NextEventId > TasksUntilDone * 10 || (!obedient && random.Next(9) == 0))
        {
            commands.Add(Close(obedient));
        }

        return commands;
    }

    private Command Something(RunState state, List<Command> before)
    {
        var isFirst = before.Count == 0;
        return random.Next(14) switch
        {
            0 or 1 => Timer(),
            2 when isFirst && !state.Timers.IsEmpty => CancelTimer(state.Timers.Keys.Order().First()),
            3 when isFirst && state.Activities.Values.OrderBy(a => a.ScheduledEventId)
                .FirstOrDefault(a => a.CancelRequestedEventId == 0) is { } activity => CancelActivity(activity),
            4 => Child(),
            5 => SignalAnother(),
            6 => CancelAnother(),
            7 or 8 => Operation(),
            >= 9 and <= 12 when isFirst && state.Nexus.Operations.Values.OrderBy(o => o.ScheduledEventId)
                .FirstOrDefault(o => o.Cancellation is null) is { } operation => CancelOperation(operation),
            _ => Activity(),
        };
    }

    private Command Close(bool obedient) => (obedient ? 9 : random.Next(10)) switch
    {
        0 => new Command
        {
            CommandType = CommandType.FailWorkflowExecution,
            FailWorkflowExecutionCommandAttributes = new FailWorkflowExecutionCommandAttributes
            {
                Failure = new Failure { Message = "scripted", ApplicationFailureInfo = new ApplicationFailureInfo() },
            },
        },
        1 => new Command
        {
            CommandType = CommandType.CancelWorkflowExecution,
            CancelWorkflowExecutionCommandAttributes = new CancelWorkflowExecutionCommandAttributes(),
        },
        2 or 3 => new Command
        {
            CommandType = CommandType.ContinueAsNewWorkflowExecution,
            ContinueAsNewWorkflowExecutionCommandAttributes = new ContinueAsNewWorkflowExecutionCommandAttributes
            {
                WorkflowType = new WorkflowType { Name = "Scripted" },
                TaskQueue = new TaskQueue { Name = ScriptedWorker.Queue },
            },
        },
        _ => new Command
        {
            CommandType = CommandType.CompleteWorkflowExecution,
            CompleteWorkflowExecutionCommandAttributes = new CompleteWorkflowExecutionCommandAttributes(),
        },
    };

    private Command Timer() => new()
    {
        CommandType = CommandType.StartTimer,
        StartTimerCommandAttributes = new StartTimerCommandAttributes
        {
            TimerId = $"timer-{_ids++}",
            StartToFireTimeout = random.Next(120).Seconds().ToProto(),
        },
    };

    private static Command CancelTimer(string timerId) => new()
    {
        CommandType = CommandType.CancelTimer,
        CancelTimerCommandAttributes = new CancelTimerCommandAttributes { TimerId = timerId },
    };

    private Command Activity() => new()
    {
        CommandType = CommandType.ScheduleActivityTask,
        ScheduleActivityTaskCommandAttributes = new ScheduleActivityTaskCommandAttributes
        {
            ActivityId = $"activity-{_ids++}",
            ActivityType = new ActivityType { Name = "Scripted" },
            TaskQueue = new TaskQueue { Name = ScriptedWorker.Queue },
            StartToCloseTimeout = (1 + random.Next(60)).Seconds().ToProto(),
            HeartbeatTimeout = random.Next(3) == 0 ? 5.Seconds().ToProto() : null,
            ScheduleToCloseTimeout = random.Next(3) == 0 ? 90.Seconds().ToProto() : null,
            RequestEagerExecution = random.Next(4) == 0,
            RetryPolicy = new RetryPolicy { MaximumAttempts = 1 + random.Next(3) },
        },
    };

    private static Command CancelActivity(PendingActivity activity) => new()
    {
        CommandType = CommandType.RequestCancelActivityTask,
        RequestCancelActivityTaskCommandAttributes = new RequestCancelActivityTaskCommandAttributes
        {
            ScheduledEventId = activity.ScheduledEventId,
        },
    };

    private Command Operation() => new()
    {
        CommandType = CommandType.ScheduleNexusOperation,
        ScheduleNexusOperationCommandAttributes = new ScheduleNexusOperationCommandAttributes
        {
            Endpoint = ScriptedNexus.Endpoint,
            Service = "scripted",
            Operation = "scripted",
            ScheduleToCloseTimeout = (5 + random.Next(120)).Seconds().ToProto(),
            StartToCloseTimeout = random.Next(3) == 0 ? 20.Seconds().ToProto() : null,
        },
    };

    private static Command CancelOperation(Engine.Executions.Nexus.NexusOperation operation) => new()
    {
        CommandType = CommandType.RequestCancelNexusOperation,
        RequestCancelNexusOperationCommandAttributes = new RequestCancelNexusOperationCommandAttributes
        {
            ScheduledEventId = operation.ScheduledEventId,
        },
    };

    private Command Child() => new()
    {
        CommandType = CommandType.StartChildWorkflowExecution,
        StartChildWorkflowExecutionCommandAttributes = new StartChildWorkflowExecutionCommandAttributes
        {
            WorkflowId = random.Next(3) == 0 ? ScriptedClient.SomeWorkflowId(random) : $"child-{_ids++}",
            WorkflowType = new WorkflowType { Name = "Scripted" },
            ParentClosePolicy = (ParentClosePolicy)(1 + random.Next(3)),
        },
    };

    private Command SignalAnother() => new()
    {
        CommandType = CommandType.SignalExternalWorkflowExecution,
        SignalExternalWorkflowExecutionCommandAttributes = new SignalExternalWorkflowExecutionCommandAttributes
        {
            Execution = new WorkflowExecution { WorkflowId = ScriptedClient.SomeWorkflowId(random) },
            SignalName = "from-a-workflow",
        },
    };

    private Command CancelAnother() => new()
    {
        CommandType = CommandType.RequestCancelExternalWorkflowExecution,
        RequestCancelExternalWorkflowExecutionCommandAttributes =
            new RequestCancelExternalWorkflowExecutionCommandAttributes
            {
                WorkflowId = ScriptedClient.SomeWorkflowId(random),
            },
    };
}
