using AugmentedOS.Workflows.Errors;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Errors;

/// <summary>What is read of a failure after it has passed activities, workflows, history and a client.</summary>
public sealed class WorkflowErrorTests
{
    public static TheoryData<ErrorKind> Kinds => [.. Enum.GetValues<ErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Failure_WhenAnActivityRaisesIt_IsRetriedByItsKindAndReadByTheClient(ErrorKind kind)
    {
        var activities = new DoActivities(attempt => Fail.Of(kind, $"secret of attempt {attempt}")
            .WithCode("it.failed").WithUserMessage("For you."));
        await DoScene.RunAsync(activities, new(), async handle =>
        {
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

            var error = WorkflowError.From(failure);
            Assert.Equal(
                (kind, "it.failed", "For you.", kind.Rule().IsRetried, "Do"),
                (error.Kind, error.Code, error.UserMessage, error.IsRetried, error.ActivityType));
            var attempts = kind.Rule().IsRetried ? 3 : 1;
            Assert.Equal(attempts, await DoScene.AttemptsAsync(handle));
            Assert.Equal($"secret of attempt {attempts}", error.Message);
        });
    }

    /// <summary>Whatever its retry policy says of the kind.</summary>
    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Failure_WhenItIsToBeRetriedAgainstItsKind_Is(ErrorKind kind) =>
        await DoScene.RunAsync(new(_ => Fail.Of(kind, "secret").WithCode("it.failed").Retried()), new(), async handle =>
        {
            var error = WorkflowError.From(await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync()));

            Assert.Equal((kind, "it.failed", true), (error.Kind, error.Code, error.IsRetried));
            Assert.Equal(3, await DoScene.AttemptsAsync(handle));
        });

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Failure_WhenAWorkflowCatchesIt_IsReadThereAndReplaysTheSame(ErrorKind kind)
    {
        await DoScene.RunAsync(new(_ => Fail.Of(kind, "secret")), new() { IsCaught = true }, async handle =>
        {
            Assert.Equal($"{kind} {kind.Rule().Name} of Do: {kind.Rule().UserMessage}", await handle.GetResultAsync());
            var replayed = await new WorkflowReplayer(new WorkflowReplayerOptions().AddWorkflow<DoWorkflow>())
                .ReplayWorkflowAsync(await handle.FetchHistoryAsync());
            Assert.Null(replayed.ReplayFailure);
        });
    }

    [Fact]
    public async Task Throttled_WhenItSaysWhen_IsTriedThen() => Assert.Equal(
        "attempt 3 after 90 min",
        await DoScene.ResultAsync(
            new(attempt => attempt < 3 ? Fail.Throttled("too many", TimeSpan.FromMinutes(45)) : null),
            new() { Preset = DependencyKind.ExternalApi }));

    [Fact]
    public async Task Failure_WhenItPassesTwoChildren_IsStillWhatItWas()
    {
        var error = WorkflowError.From(await DoScene.FailureAsync(
            new(_ => Fail.BusinessRule("no cover").WithCode("account.cover")), new() { Depth = 2 }));

        Assert.Equal((ErrorKind.BusinessRule, "account.cover", "Do"), (error.Kind, error.Code, error.ActivityType));
        Assert.NotNull(error.ChildWorkflowId);
    }

    [Fact]
    public async Task Timeout_WhenNobodyTakesTheTask_IsADependencyThatIsDown() => Assert.Equal(
        (ErrorKind.DependencyDown, "timeout.schedule-to-start"),
        KindAndCode(await DoScene.FailureAsync(
            DoActivities.Succeeding, new() { ActivityQueue = "nobody", ScheduleToStart = TimeSpan.FromMinutes(1) })));

    [Fact]
    public async Task Timeout_WhenTimeForAllAttemptsIsUp_IsWhatTheLastAttemptSaid() => Assert.Equal(
        (ErrorKind.DependencyDown, "bank.down"),
        KindAndCode(await DoScene.FailureAsync(
            new(_ => Fail.DependencyDown("no answer").WithCode("bank.down")),
            new()
            {
                Preset = DependencyKind.ExternalApi,
                MaximumAttempts = 0,
                ScheduleToClose = TimeSpan.FromHours(1)
            })));

    [Fact]
    public void Timeout_WhenTheLastFailureWasCutByTheServer_IsStillOfItsKind()
    {
        var failure = new Failure
        {
            Message = "activity ScheduleToClose timeout",
            TimeoutFailureInfo = new() { TimeoutType = TimeoutType.ScheduleToClose },
            Cause = new()
            {
                Message = "Failure exceeds size limit.",
                ServerFailureInfo = new(),
                Cause = new() { Message = "the bank", ApplicationFailureInfo = new() { Type = "aos.DependencyDown" } },
            },
        };
        var converter = DataConverter.Default;

        Assert.Equal(
            (ErrorKind.DependencyDown, "dependency-down"),
            KindAndCode(converter.FailureConverter.ToException(failure, converter.PayloadConverter)));
    }

    [Theory]
    [InlineData(true, "timeout.heartbeat")]
    [InlineData(false, "timeout.start-to-close")]
    public async Task Timeout_WhenAnAttemptHangs_IsTransient(bool isHeartbeat, string code)
    {
        var plan = new DoWorkflow.Plan
        {
            MaximumAttempts = 1,
            StartToClose = isHeartbeat ? null : TimeSpan.FromMilliseconds(200),
            Heartbeat = isHeartbeat ? TimeSpan.FromMilliseconds(200) : null,
        };
        var failure = await DoScene.FailureAsync(
            new(async context =>
            {
                var gone = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
                await using var registration = context.WorkerShutdownToken.Register(() => gone.TrySetCanceled());
                return await gone.Task;
            }),
            plan);

        Assert.Equal((ErrorKind.Transient, code), KindAndCode(failure));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Run_WhenSomebodyStopsIt_IsStoppedAndNotFailed(bool isTerminated)
    {
        await DoScene.RunAsync(new(_ => Fail.DependencyDown("down")), new() { MaximumAttempts = 0 }, async handle =>
        {
            await (isTerminated ? handle.TerminateAsync("enough") : handle.CancelAsync());

            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

            var error = WorkflowError.From(failure);
            Assert.Equal(
                (ErrorKind.Conflict, isTerminated ? "terminated" : "canceled", true, RpcException.StatusCode.Cancelled),
                (error.Kind, error.Code, error.IsCanceled, error.GrpcCode));
            Assert.False(failure.Is(ErrorKind.Conflict));
        });
    }

    [Fact]
    public async Task Failure_WhenAWorkerOfAnotherHouseRaisesIt_IsReadAsFarAsItGoes()
    {
        Assert.Equal((ErrorKind.BusinessRule, "OutOfStock"), KindAndCode(await DoScene.FailureAsync(
            new(_ => new ApplicationFailureException(
                "none left", "OutOfStock", nonRetryable: true, category: ApplicationErrorCategory.Benign)),
            new())));
        Assert.Equal((ErrorKind.Poisoned, "com.acme.Broken"), KindAndCode(await DoScene.FailureAsync(
            new(_ => new ApplicationFailureException("broken", "com.acme.Broken", nonRetryable: true)), new())));
        Assert.Equal((ErrorKind.NotFound, "not-found"), KindAndCode(await DoScene.FailureAsync(
            new(_ => new ApplicationFailureException("gone", "aos.NotFound", nonRetryable: true, ["no object"])),
                new())));
        Assert.Equal((ErrorKind.Transient, "timeout"), KindAndCode(await DoScene.FailureAsync(
            new(_ => new TimeoutException("slow")), new())));
    }

    [Fact]
    public void Failure_WhenAWorkflowWrapsIt_KeepsTheKindAndBothMessages()
    {
        var error = WorkflowError.From(new WorkflowFailedException(
            new ApplicationFailureException(
                "order 7 failed", Fail.NotFound("no customer 3").WithCode("customer.unknown"))));

        Assert.Equal(
            (ErrorKind.NotFound, "customer.unknown", "order 7 failed: no customer 3"),
            (error.Kind, error.Code, error.Message));
    }

    [Fact]
    public void Error_WhenItIsThrownOn_StaysWhatItWas()
    {
        var raised = Fail.Conflict("changed").WithCode("cart.changed").WithUserMessage("Look again.")
            .WithRetryAfter(TimeSpan.FromSeconds(7));

        var again = WorkflowError.From(WorkflowError.From(raised).ToException(raised));

        Assert.Equal(WorkflowError.From(raised), again);
        Assert.Equal((TimeSpan.FromSeconds(7), true), (again.RetryAfter, again.IsRetried));
    }

    private static (ErrorKind Kind, string Code) KindAndCode(Exception exception) =>
        (WorkflowError.From(exception).Kind, WorkflowError.From(exception).Code);
}
