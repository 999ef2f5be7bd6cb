using System.Diagnostics.CodeAnalysis;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Nexus.Endpoints;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;

namespace AugmentedOS.Engine.Tests.Executions.Nexus;

/// <summary>The past of scenarios with Nexus operations, and what happens in them.</summary>
internal static class NexusSteps
{
    public const string RequestId = "operation-request";

    /// <summary>The SCHEDULED event of <see cref="OperationIsScheduled"/>.</summary>
    public const long Scheduled = 5;

    public static Payload Result { get; } = new() { Data = ByteString.CopyFromUtf8("result") };

    /// <summary>A run whose only operation a handler is to start: events 1 to 5.</summary>
    public static Step OperationIsScheduled(
        TimeSpan? toClose = null, TimeSpan? toStart = null, TimeSpan? startToClose = null) =>
        new(scenario => scenario.And(WorkflowIsIdle(), NexusOperationScheduled(a =>
        {
            a.Endpoint = "endpoint";
            a.Service = "service";
            a.Operation = "operation";
            a.RequestId = RequestId;
            a.ScheduleToCloseTimeout = toClose?.ToProto();
            a.ScheduleToStartTimeout = toStart?.ToProto();
            a.StartToCloseTimeout = startToClose?.ToProto();
        })));

    public static RecordNexusStart Answer(NexusStartOutcome outcome, int earlierAttempts = 0) =>
        new(Key, Scheduled, RequestId, earlierAttempts, outcome);

    public static RecordNexusStart AnswerStarted(string token = "token", params Link[] links) =>
        Answer(new NexusStartOutcome.Started(token, links));

    public static RecordNexusCancel CancelAnswer(Failure? failure = null, bool isRetried = false, int earlierAttempts = 0) =>
        new(Key, Scheduled, RequestId, earlierAttempts, new NexusCancelOutcome(failure, isRetried));

    public static CompleteNexusOperation Complete(
        NexusCompletion? completion = null, string requestId = RequestId, RunId? run = null) => new(
        Key.Workflow, run ?? Key.Run, Scheduled, requestId, completion ?? new NexusCompletion { Result = Result });

    public static Command Schedule(Action<ScheduleNexusOperationCommandAttributes>? set = null)
    {
        var attributes = new ScheduleNexusOperationCommandAttributes
        {
            Endpoint = "endpoint",
            Service = "service",
            Operation = "operation",
        };
        set?.Invoke(attributes);
        return new Command
        {
            CommandType = CommandType.ScheduleNexusOperation,
            ScheduleNexusOperationCommandAttributes = attributes,
        };
    }

    public static Command Cancel(long scheduledEventId = Scheduled) => new()
    {
        CommandType = CommandType.RequestCancelNexusOperation,
        RequestCancelNexusOperationCommandAttributes = new RequestCancelNexusOperationCommandAttributes
        {
            ScheduledEventId = scheduledEventId,
        },
    };

    /// <summary>A worker holds the next workflow task.</summary>
    public static Step TaskIsStarted() => new(scenario => scenario.And(WorkflowTaskScheduled(), WorkflowTaskStarted()));

    /// <summary>A handler's refusal, as a request's outcome carries it.</summary>
    public static Failure Refusal(string type = HandlerErrorType.Internal) => NexusFailures.OfHandler(type, "no");

    /// <summary>What a run's state says has to be asked of whom.</summary>
    public static string Due(RunState state) => string.Join(", ", PendingNexusCalls.All(state).Select(call =>
        $"{call.GetType().Name} {call.Number} after {call.EarlierAttempts}"));

    /// <summary>The endpoint <c>endpoint</c>, whose id is all sevens.</summary>
    public sealed class OneEndpoint : INexusEndpoints
    {
        private static readonly NexusEndpoint Only = new()
        {
            Id = new Guid("77777777-7777-7777-7777-777777777777"),
            Name = "endpoint",
            CreatedAt = Start,
            ModifiedAt = Start,
        };

        public IReadOnlyList<NexusEndpoint> All => [Only];

        public bool TryFind(string name, [NotNullWhen(true)] out NexusEndpoint? found)
        {
            found = name == Only.Name ? Only : null;
            return found is not null;
        }

        public bool TryFind(Guid id, [NotNullWhen(true)] out NexusEndpoint? found)
        {
            found = id == Only.Id ? Only : null;
            return found is not null;
        }
    }
}
