using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Describing;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Nexus.NexusSteps;

namespace AugmentedOS.Engine.Tests.Executions.Nexus;

/// <summary>Telling those who wait for a workflow that it has ended.</summary>
public sealed class CompletionCallbackTests
{
    [Fact]
    public void Callback_WhenTheRunIsOpen_StandsBy() => Given(Awaited()).AndState(state =>
    {
        Assert.Equal("", Due(state));
        var shown = Assert.Single(ExecutionDescription.Of(state).Callbacks);
        Assert.Equal(CallbackState.Standby, shown.State);
        Assert.Equal("temporal://system", shown.Callback.Nexus.Url);
        Assert.NotNull(shown.Trigger.WorkflowClosed);
        Assert.Equal(Start.ToTimestamp(), shown.RegistrationTime);
    });

    [Fact]
    public void Callback_WhenTheRunCloses_IsDueAndKeepsTheRunInMemory() => Given(Awaited(), WorkflowExecutionCompleted())
        .AndState(state =>
        {
            Assert.Equal("CompletionCall 1 after 0", Due(state));
            Assert.True(state.IsHot);
            Assert.Equal(CallbackState.Scheduled, ExecutionDescription.Of(state).Callbacks[0].State);
        })
        .When(Outcome())
        .AndState(state =>
        {
            Assert.False(state.IsHot);
            Assert.Equal(CallbackState.Succeeded, ExecutionDescription.Of(state).Callbacks[0].State);
            Assert.Equal(1, ExecutionDescription.Of(state).Callbacks[0].Attempt);
        });

    [Fact]
    public void Callback_WhenItFails_IsTriedAgainUntilItIsTaken() => Given(Awaited(), WorkflowExecutionCompleted())
        .When(Outcome("down", isRetried: true))
        .AndNextDeadline(DeadlineKind.CallbackRetry, 1.Seconds())
        .AndState(state =>
        {
            var shown = ExecutionDescription.Of(state).Callbacks[0];
            Assert.Equal(CallbackState.BackingOff, shown.State);
            Assert.Equal("down", shown.LastAttemptFailure.Message);
            Assert.Equal((Start + 1.Seconds()).ToTimestamp(), shown.NextAttemptScheduleTime);
            Assert.Equal("", Due(state));
        })
        .WhenElapsed(1.Seconds())
        .AndState(state => Assert.Equal("CompletionCall 1 after 1", Due(state)))
        .When(Outcome("down", isRetried: true, earlierAttempts: 1))
        .AndNextDeadline(DeadlineKind.CallbackRetry, 3.Seconds())
        .WhenElapsed(2.Seconds())
        .When(Outcome(earlierAttempts: 2))
        .AndState(state => Assert.Null(state.NextDeadline));

    [Fact]
    public void Callback_WhenItIsRefused_FailsForGood() => Given(Awaited(), WorkflowExecutionCompleted())
        .When(Outcome("gone"))
        .AndState(state =>
        {
            var shown = ExecutionDescription.Of(state).Callbacks[0];
            Assert.Equal(CallbackState.Failed, shown.State);
            Assert.True(shown.LastAttemptFailure.ApplicationFailureInfo.NonRetryable);
            Assert.Null(state.NextDeadline);
            Assert.Equal("", Due(state));
        })
        .When(Outcome())
        .ThenNothing();

    [Fact]
    public void Callback_WhenTheRunContinuesAsNewOrIsRetried_WaitsForTheEndOfTheChain()
    {
        Given(Awaited(), WorkflowExecutionContinuedAsNew()).AndState(state => Assert.Equal("", Due(state)));
        Given(Awaited(), WorkflowExecutionFailed(a => a.RetryState = RetryState.InProgress))
            .AndState(state => Assert.Equal("", Due(state)));
        Given(Awaited(), WorkflowExecutionTimedOut(a => a.RetryState = RetryState.InProgress))
            .AndState(state => Assert.Equal("", Due(state)));
    }

    [Fact]
    public void Callback_WhenItWasAttachedLater_GoesOnWithTheChainToo() => Given(Awaited(), Attach("second"), TaskIsStarted())
        .WhenCommands(new Temporalio.Api.Command.V1.Command
        {
            CommandType = CommandType.ContinueAsNewWorkflowExecution,
            ContinueAsNewWorkflowExecutionCommandAttributes = new(),
        })
        .InNewRun()
        .AndState(state => Assert.Equal(
            ["first", "second"],
            state.Nexus.Callbacks.Values.OrderBy(c => c.Number).Select(c => c.Callback.Nexus.Header["name"])));

    [Fact]
    public void Callback_WhenItIsAttached_IsLinkedToItsRequest() =>
        Given(Awaited(), Attach("second"), WorkflowExecutionCompleted()).AndState(state =>
        {
            var calls = PendingNexusCalls.All(state).Cast<CompletionCall>().ToList();
            Assert.Equal(1, calls[0].Completion.Links[0].WorkflowEvent.EventRef.EventId);
            Assert.Equal("request-second", calls[1].Completion.Links[0].WorkflowEvent.RequestIdRef.RequestId);
            Assert.Equal(
                EventType.WorkflowExecutionOptionsUpdated,
                calls[1].Completion.Links[0].WorkflowEvent.RequestIdRef.EventType);
        });

    [Fact]
    public void Attach_WhenThereWouldBeTooMany_IsRefused()
    {
        var request = UseExisting("many");
        request.CompletionCallbacks.Add(Enumerable.Repeat(CallbackOf("x"), 31));
        Given(Awaited())
            .When(new StartExecution(Key.Workflow, request))
            .ThenNothing()
            .AndRejected(
                Grpc.Core.StatusCode.FailedPrecondition,
                "cannot attach more than 32 callbacks to a workflow (1 callbacks already attached)");
    }

    [Fact]
    public void Header_WhenItHasCapitals_IsKeptWithoutThem()
    {
        var request = UseExisting("second");
        request.CompletionCallbacks[0].Nexus.Header["Some-Key"] = "Value";
        Given(Awaited()).When(new StartExecution(Key.Workflow, request)).AndState(state =>
            Assert.Equal("Value", state.Nexus.Callbacks[2].Callback.Nexus.Header["some-key"]));
    }

    [Fact]
    public void Completion_WhenTheWorkflowCompletes_HasTheFirstPayload()
    {
        Assert.Equal(Result, CompletionOf(WorkflowExecutionCompleted(
            a => a.Result = new Payloads { Payloads_ = { Result, new Payload() } })).Result);
        Assert.Equal(NullPayload.Instance, CompletionOf(WorkflowExecutionCompleted()).Result);
    }

    [Fact]
    public void Completion_WhenTheWorkflowFails_HasItsFailure()
    {
        var failure = new Failure { Message = "why" };

        var completion = CompletionOf(WorkflowExecutionFailed(a => a.Failure = failure));

        Assert.Equal(failure, completion.Failure);
        Assert.False(completion.IsCanceled);
    }

    [Fact]
    public void Completion_WhenTheWorkflowIsEndedFromOutside_SaysHow()
    {
        var canceled = CompletionOf(WorkflowExecutionCanceled());
        Assert.True(canceled.IsCanceled);
        Assert.Equal("operation canceled", canceled.Failure!.Message);
        Assert.NotNull(canceled.Failure.CanceledFailureInfo);

        var terminated = CompletionOf(WorkflowExecutionTerminated());
        Assert.Equal("operation terminated", terminated.Failure!.Message);
        Assert.NotNull(terminated.Failure.TerminatedFailureInfo);

        var timedOut = CompletionOf(WorkflowExecutionTimedOut());
        Assert.Equal("operation exceeded internal timeout", timedOut.Failure!.Message);
        Assert.NotNull(timedOut.Failure.TimeoutFailureInfo);
    }

    private static NexusCompletion CompletionOf(HistoryEvent close)
    {
        var state = Given(Awaited(), close).State;
        return Assert.IsType<CompletionCall>(Assert.Single(PendingNexusCalls.All(state))).Completion;
    }

    private static Step Awaited() => new(scenario => scenario.And(
        WorkflowStarted(a => a.CompletionCallbacks.Add(CallbackOf("first")))));

    private static Step Attach(string name) => new StartExecution(Key.Workflow, UseExisting(name));

    private static StartWorkflowExecutionRequest UseExisting(string name) => new()
    {
        WorkflowId = Key.WorkflowId,
        WorkflowType = new WorkflowType { Name = "Workflow" },
        TaskQueue = new() { Name = "queue" },
        RequestId = $"request-{name}",
        WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.UseExisting,
        OnConflictOptions = new() { AttachRequestId = true, AttachCompletionCallbacks = true },
        CompletionCallbacks = { CallbackOf(name) },
    };

    private static Callback CallbackOf(string name) => new()
    {
        Nexus = new Callback.Types.Nexus { Url = "temporal://system", Header = { ["name"] = name } },
    };

    private static RecordCallbackOutcome Outcome(
        string? failure = null, bool isRetried = false, int earlierAttempts = 0) =>
        new(Key, 1, earlierAttempts, failure, isRetried);
}
