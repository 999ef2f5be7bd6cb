using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Google.Protobuf;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Nexus.NexusSteps;

namespace AugmentedOS.Engine.Tests.Executions.Nexus;

/// <summary>The command that calls an operation: what it writes and what it refuses.</summary>
public sealed class ScheduleNexusOperationTests
{
    private const WorkflowTaskFailedCause Bad = WorkflowTaskFailedCause.BadScheduleNexusOperationAttributes;
    private const string Name = "ScheduleNexusOperationCommandAttributes";

    [Fact]
    public void Schedule_WhenTheEndpointExists_WritesWhatWasAskedAndAsksTheHandler() => Given1()
        .WhenCommands(Schedule(a =>
        {
            a.Input = Result;
            a.ScheduleToCloseTimeout = 10.Seconds().ToProto();
            a.NexusHeader["My-Header"] = "Value";
        }))
        .Then(WorkflowTaskCompleted(), NexusOperationScheduled(a =>
        {
            a.Endpoint = "endpoint";
            a.EndpointId = "77777777-7777-7777-7777-777777777777";
            a.Service = "service";
            a.Operation = "operation";
            a.Input = Result;
            a.ScheduleToCloseTimeout = 10.Seconds().ToProto();
            a.NexusHeader["my-header"] = "Value";
            a.RequestId = SequentialIds.Nth(1).ToString("D");
            a.WorkflowTaskCompletedEventId = 4;
        }))
        .AndState(state =>
        {
            Assert.Equal("StartOperationCall 5 after 0", Due(state));
            Assert.True(state.IsHot);
        });

    [Fact]
    public void Schedule_WhenTimesAreLongerThanTheWhole_CutsThemToIt() => Given1()
        .WhenCommands(Schedule(a =>
        {
            a.ScheduleToCloseTimeout = 10.Seconds().ToProto();
            a.ScheduleToStartTimeout = 20.Seconds().ToProto();
            a.StartToCloseTimeout = 30.Seconds().ToProto();
        }))
        .Then(WorkflowTaskCompleted(), NexusOperationScheduled(a =>
        {
            a.ScheduleToStartTimeout = 10.Seconds().ToProto();
            a.StartToCloseTimeout = 10.Seconds().ToProto();
        }));

    [Fact]
    public void Schedule_WhenTheRunHasATimeout_IsNotLongerThanIt() => Given1(a => a.WorkflowRunTimeout = 5.Seconds().ToProto())
        .WhenCommands(Schedule())
        .Then(WorkflowTaskCompleted(), NexusOperationScheduled(a => a.ScheduleToCloseTimeout = 5.Seconds().ToProto()));

    [Fact]
    public void Schedule_WhenTheEngineAllowsLess_IsCut()
    {
        var scenario = Given1();
        scenario.Limits = EngineLimits.Default with { MaxNexusScheduleToClose = 3.Seconds() };
        scenario.WhenCommands(Schedule())
            .Then(WorkflowTaskCompleted(), NexusOperationScheduled(a => a.ScheduleToCloseTimeout = 3.Seconds().ToProto()));
    }

    [Fact]
    public void Schedule_WhenTheEndpointIsUnknown_FailsTheTask() =>
        Refused(Schedule(a => a.Endpoint = "other"), "endpoint \"other\" not found");

    [Fact]
    public void Schedule_WhenItSaysNothing_FailsTheTask() =>
        Refused(new Command { CommandType = CommandType.ScheduleNexusOperation }, $"empty {Name}");

    [Fact]
    public void Schedule_WhenANameIsTooLong_FailsTheTask()
    {
        Refused(Schedule(a => a.Service = new string('s', 1001)), $"{Name}.Service exceeds length limit of 1000");
        Refused(Schedule(a => a.Operation = new string('o', 1001)), $"{Name}.Operation exceeds length limit of 1000");
    }

    [Fact]
    public void Schedule_WhenATimeIsNegative_FailsTheTask()
    {
        Refused(
            Schedule(a => a.ScheduleToCloseTimeout = (-1).Seconds().ToProto()),
            $"{Name}.ScheduleToCloseTimeout is invalid: negative duration");
        Refused(
            Schedule(a => a.ScheduleToStartTimeout = (-1).Seconds().ToProto()),
            $"{Name}.ScheduleToStartTimeout is invalid: negative duration");
        Refused(
            Schedule(a => a.StartToCloseTimeout = (-1).Seconds().ToProto()),
            $"{Name}.StartToCloseTimeout is invalid: negative duration");
    }

    [Theory]
    [InlineData("Request-Timeout")]
    [InlineData("caller-name")]
    [InlineData("XDC-Redirection-API")]
    [InlineData("temporal-principal-name")]
    public void Schedule_WhenAHeaderIsTheEnginesOwn_FailsTheTask(string key) => Refused(
        Schedule(a => a.NexusHeader[key] = "1"), $"{Name}.NexusHeader contains a disallowed header key: \"{key}\"");

    [Fact]
    public void Schedule_WhenHeadersAreTooLarge_FailsTheTask() => Refused(
        Schedule(a => a.NexusHeader["key"] = new string('v', 8190)), $"{Name}.NexusHeader exceeds size limit");

    [Fact]
    public void Schedule_WhenTheInputIsTooLarge_TerminatesTheRun() => Given1()
        .WhenCommands(Schedule(a => a.Input = new Payload { Data = ByteString.CopyFrom(new byte[(2 * 1024 * 1024) + 1]) }))
        .AndCommandFailed(Bad, $"{Name}.Input exceeds size limit", terminatesRun: true);

    [Fact]
    public void Schedule_WhenTooManyArePending_FailsTheTask()
    {
        var scenario = Given1();
        scenario.Limits = EngineLimits.Default with { MaxPendingNexusOperations = 1 };
        scenario.WhenCommands(Schedule(), Schedule()).AndCommandFailed(
            WorkflowTaskFailedCause.PendingNexusOperationsLimitExceeded,
            "workflow has reached the pending nexus operation limit of 1 for this namespace");
    }

    [Fact]
    public void System_WhenTheRequestIsInOrder_IsScheduledWithoutAnEndpoint() => Given1()
        .WhenCommands(System(SignalWithStart()))
        .Then(WorkflowTaskCompleted(), NexusOperationScheduled(a => a.Endpoint = "__temporal_system"))
        .AndState(state => Assert.Empty(state.Nexus.Operations[5].Attributes.EndpointId));

    [Fact]
    public void System_WhenTheRequestIsNotInOrder_FailsTheTask()
    {
        const string head = "ScheduleNexusOperationCommandAttributes.NexusHeader must be empty when using "
            + "__temporal_system endpoint";
        var withHeader = System(SignalWithStart());
        withHeader.ScheduleNexusOperationCommandAttributes.NexusHeader["a"] = "b";
        var elsewhere = System(SignalWithStart());
        elsewhere.ScheduleNexusOperationCommandAttributes.Service = "other";
        var another = System(SignalWithStart());
        another.ScheduleNexusOperationCommandAttributes.Operation = "other";

        Refused(withHeader, head);
        Refused(elsewhere, "service \"other\" not found");
        Refused(another, "operation \"other\" not found");
        Refused(System(SignalWithStart(r => r.Namespace = "elsewhere")),
            "Namespace in request \"elsewhere\" does not match namespace in context \"default\"");
        Refused(System(SignalWithStart(r => r.RequestId = "mine")), "RequestID should not be set on the request");
        Refused(System(SignalWithStart(r => r.Links.Add(new Link()))), "Links should not be set on the request");
        Refused(System(SignalWithStart(r => r.SignalName = "")), "SignalName is not set on request.");
        Refused(
            System(SignalWithStart(r => r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.Fail)),
            "Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation.");
    }

    [Fact]
    public void System_WhenItIsSwitchedOff_FailsTheTask()
    {
        var scenario = Given1();
        scenario.Limits = EngineLimits.Default with { Features = new() { SignalWithStartFromWorkflow = false } };
        scenario.WhenCommands(System(SignalWithStart()))
            .AndCommandFailed(Bad, "SignalWithStart operation is disabled");
    }

    private static Command System(SignalWithStartWorkflowExecutionRequest request) => Schedule(a =>
    {
        a.Endpoint = "__temporal_system";
        a.Service = "temporal.api.workflowservice.v1.WorkflowService";
        a.Operation = "SignalWithStartWorkflowExecution";
        a.Input = new Payload
        {
            Metadata =
            {
                ["encoding"] = ByteString.CopyFromUtf8("json/protobuf"),
                ["messageType"] = ByteString.CopyFromUtf8(SignalWithStartWorkflowExecutionRequest.Descriptor.FullName),
            },
            Data = ByteString.CopyFromUtf8(JsonFormatter.Default.Format(request)),
        };
    });

    private static SignalWithStartWorkflowExecutionRequest SignalWithStart(
        Action<SignalWithStartWorkflowExecutionRequest>? set = null)
    {
        var request = new SignalWithStartWorkflowExecutionRequest
        {
            WorkflowId = "target",
            SignalName = "signal",
            WorkflowType = new WorkflowType { Name = "Workflow" },
            TaskQueue = new() { Name = "queue" },
        };
        set?.Invoke(request);
        return request;
    }

    private static Scenario Given1(
        Action<Temporalio.Api.History.V1.WorkflowExecutionStartedEventAttributes>? set = null)
    {
        var scenario = Given(WorkflowStarted(set), WorkflowTaskScheduled(), WorkflowTaskStarted());
        scenario.Endpoints = new OneEndpoint();
        return scenario;
    }

    private static void Refused(Command command, string message) =>
        Given1().WhenCommands(command).AndCommandFailed(Bad, message);
}
