using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using static AugmentedOS.Engine.Tests.Executions.Chains.Closings;
using static AugmentedOS.Engine.Tests.Executions.Kit.Events;
using static AugmentedOS.Engine.Tests.Executions.Kit.Scenario;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;
using static AugmentedOS.Engine.Tests.Executions.Tasks.Answers;

namespace AugmentedOS.Engine.Tests.Executions.Chains;

/// <summary>Runs that the engine starts by itself after one has ended.</summary>
public sealed class RetryAndCronTests
{
    private static readonly string Next = SequentialIds.Nth(1).ToString();

    [Fact]
    public void Fail_WhenThePolicyAllows_RetriesWithWhatTheRunBeganWith() =>
        Given(Retrying(a =>
            {
                a.Attempt = 2;
                a.Input = Data("input");
                a.Memo = new Memo { Fields = { ["original"] = Json("1") } };
                a.LastCompletionResult = Data("last");
                a.CompletionCallbacks.Add(new Callback { Nexus = new() { Url = "temporal://system" } });
            }))
            .And(WorkflowPropertiesModified(a => a.UpsertedMemo = new Memo { Fields = { ["later"] = Json("2") } }))
            .When(Complete(FailWith(Application())))
            .Then(
                WorkflowTaskCompleted(),
                WorkflowExecutionFailed(a =>
                {
                    a.RetryState = RetryState.InProgress;
                    a.NewExecutionRunId = Next;
                }))
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.Failed, state.Status))
            .InNewRun()
            .AndState(state =>
            {
                var started = state.Started;
                Assert.Equal(Next, state.Key.Run.ToString());
                Assert.Equal(3, started.Attempt);
                Assert.Equal(ContinueAsNewInitiator.Retry, started.Initiator);
                Assert.Equal(Application(), started.ContinuedFailure);
                Assert.Equal(Data("last"), started.LastCompletionResult);
                Assert.Equal(Data("input"), started.Input);
                Assert.Equal(["original"], state.Memo.Keys);
                Assert.Equal(20.Seconds().ToProto(), started.FirstWorkflowTaskBackoff);
                Assert.Equal(Key.Run.ToString(), started.ContinuedExecutionRunId);
                Assert.Equal(Key.Run.ToString(), started.FirstExecutionRunId);
                Assert.NotNull(started.RetryPolicy);
                Assert.Single(started.CompletionCallbacks);
                Assert.Null(state.Task);
            })
            .WhenElapsed(20.Seconds())
            .Then(WorkflowTaskScheduled());

    public static TheoryData<string, Action<WorkflowExecutionStartedEventAttributes>, Failure, RetryState> FinalFailures =>
        new()
        {
            { "attempts", a => a.Attempt = 5, Application(), RetryState.MaximumAttemptsReached },
            { "flagged", _ => { }, Application(nonRetryable: true), RetryState.NonRetryableFailure },
            { "listed", _ => { }, Application("Fatal"), RetryState.NonRetryableFailure },
            {
                "cancelled", _ => { }, new Failure { CanceledFailureInfo = new CanceledFailureInfo() },
                RetryState.NonRetryableFailure
            },
            {
                "no time left", a => a.WorkflowExecutionExpirationTime = (Start + 9.Seconds()).ToTimestamp(),
                Application(), RetryState.Timeout
            },
            { "no policy", a => a.RetryPolicy = null, Application(), RetryState.RetryPolicyNotSet },
        };

    [Theory]
    [MemberData(nameof(FinalFailures))]
    public void Fail_WhenNoRetryIsLeft_SaysWhy(
        string name, Action<WorkflowExecutionStartedEventAttributes> set, Failure failure, RetryState state)
    {
        Assert.NotEmpty(name);
        Given(Retrying(set))
            .When(Complete(FailWith(failure)))
            .Then(WorkflowTaskCompleted(), WorkflowExecutionFailed(a => a.RetryState = state))
            .AndNoNewRun();
    }

    [Theory]
    [InlineData(7, 7)]
    [InlineData(500, 60)]
    [InlineData(0, 60)]
    public void Fail_WhenTheFailureNamesItsDelay_HoldsItToThePolicysMaximum(int asked, int expected) =>
        Given(Retrying())
            .When(Complete(FailWith(Application(nextRetryDelay: asked.Seconds()))))
            .InNewRun()
            .AndState(state => Assert.Equal(expected.Seconds().ToProto(), state.Started.FirstWorkflowTaskBackoff));

    [Fact]
    public void Complete_WhenThereIsARetryPolicy_EndsTheChain() =>
        Given(Retrying()).When(Complete(CompleteWith())).AndNoNewRun();

    [Fact]
    public void Complete_WhenOnACronSchedule_GoesOnWithTheResultAtTheNextTick() =>
        Given(OnCron(a =>
            {
                a.Attempt = 3;
                a.LastCompletionResult = Data("before");
                a.CompletionCallbacks.Add(new Callback { Nexus = new() { Url = "temporal://system" } });
            }))
            .When(Complete(CompleteWith(Data("result"))), at: 90.Seconds())
            .Then(WorkflowTaskCompleted(), WorkflowExecutionCompleted(a => a.NewExecutionRunId = Next))
            .AndState(state => Assert.Equal(WorkflowExecutionStatus.Completed, state.Status))
            .InNewRun()
            .AndState(state =>
            {
                Assert.Equal(1, state.Started.Attempt);
                Assert.Equal(ContinueAsNewInitiator.CronSchedule, state.Started.Initiator);
                Assert.Equal("* * * * *", state.Started.CronSchedule);
                Assert.Equal(Data("result"), state.Started.LastCompletionResult);
                Assert.Null(state.Started.ContinuedFailure);
                Assert.Equal(30.Seconds().ToProto(), state.Started.FirstWorkflowTaskBackoff);
                Assert.Empty(state.Started.CompletionCallbacks);
            });

    [Fact]
    public void Fail_WhenOnACronSchedule_GoesOnWithTheFailureAndTheLastResult() =>
        Given(OnCron(a => a.LastCompletionResult = Data("before")))
            .When(Complete(FailWith(Application())), at: 90.Seconds())
            .Then(
                WorkflowTaskCompleted(),
                WorkflowExecutionFailed(a =>
                {
                    a.RetryState = RetryState.RetryPolicyNotSet;
                    a.NewExecutionRunId = Next;
                }))
            .InNewRun()
            .AndState(state =>
            {
                Assert.Equal(Application(), state.Started.ContinuedFailure);
                Assert.Equal(Data("before"), state.Started.LastCompletionResult);
            });

    [Fact]
    public void Fail_WhenBothARetryAndATickAreDue_RetriesFirst() =>
        Given(Retrying(a => a.CronSchedule = "* * * * *"))
            .When(Complete(FailWith(Application())))
            .InNewRun()
            .AndState(state => Assert.Equal(ContinueAsNewInitiator.Retry, state.Started.Initiator));

    [Fact]
    public void Fail_WhenRetriesAreUsedUpOnACronSchedule_StartsCountingAnew() =>
        Given(Retrying(a => (a.CronSchedule, a.Attempt) = ("* * * * *", 5)))
            .When(Complete(FailWith(Application())))
            .Then(
                WorkflowTaskCompleted(),
                WorkflowExecutionFailed(a => a.RetryState = RetryState.MaximumAttemptsReached))
            .InNewRun()
            .AndState(state =>
            {
                Assert.Equal(ContinueAsNewInitiator.CronSchedule, state.Started.Initiator);
                Assert.Equal(1, state.Started.Attempt);
            });

    [Fact]
    public void Cancel_WhenOnACronScheduleWithRetries_EndsTheChain() =>
        Given(Retrying(a => a.CronSchedule = "* * * * *")).When(Complete(CancelWith())).AndNoNewRun();

    [Fact]
    public void ContinueAsNew_WhenOnACronSchedule_LeavesIt() =>
        Given(OnCron())
            .When(Complete(ContinueAsNew()))
            .InNewRun()
            .AndState(state => Assert.Empty(state.Started.CronSchedule));

    [Fact]
    public void Complete_WhenTheRunOutlastedTicks_SkipsThem() =>
        Given(OnCron())
            .When(Complete(CompleteWith()), at: 10.Minutes() + 15.Seconds())
            .InNewRun()
            .AndState(state => Assert.Equal(45.Seconds().ToProto(), state.Started.FirstWorkflowTaskBackoff));

    private static Step Retrying(Action<WorkflowExecutionStartedEventAttributes>? set = null) => Running(a =>
    {
        a.RetryPolicy = new RetryPolicy
        {
            InitialInterval = 10.Seconds().ToProto(),
            BackoffCoefficient = 2,
            MaximumInterval = 60.Seconds().ToProto(),
            MaximumAttempts = 5,
            NonRetryableErrorTypes = { "Fatal" },
        };
        set?.Invoke(a);
    });

    /// <summary>A run that began with the tick at one minute.</summary>
    private static Step OnCron(Action<WorkflowExecutionStartedEventAttributes>? set = null) => Running(a =>
    {
        a.CronSchedule = "* * * * *";
        a.FirstWorkflowTaskBackoff = 1.Minutes().ToProto();
        set?.Invoke(a);
    });

    private static Step Running(Action<WorkflowExecutionStartedEventAttributes> set) => new(scenario => scenario.And(
        WorkflowStarted(set), Step.Wait(0.Seconds()), WorkflowTaskScheduled(), WorkflowTaskStarted()));
}
