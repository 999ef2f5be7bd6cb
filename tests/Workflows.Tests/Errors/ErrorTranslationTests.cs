using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Errors;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests.Errors;

public sealed class ErrorTranslationTests
{
    [Fact]
    public async Task Activity_WhenItSucceeds_GivesItsResult() => Assert.Equal(
        "attempt 1 after 0 min",
        await DoScene.ResultAsync(DoActivities.Succeeding, new(), options => options.UseErrorTranslation()));

    [Fact]
    public async Task Activity_WhenItRaisesOnPurpose_FailsWithExactlyThat()
    {
        var failure = await DoScene.FailureAsync(
            new(_ => new ApplicationFailureException("none left", "OutOfStock", nonRetryable: true)),
            new(),
            options => options.UseErrorTranslation());

        Assert.Equal(
            "OutOfStock", Assert.IsType<ApplicationFailureException>(failure.InnerException!.InnerException).ErrorType);
    }

    [Fact]
    public async Task Activity_WhenTheProductTranslatesItsOwn_FailsAsTheProductSays()
    {
        var error = WorkflowError.From(await DoScene.FailureAsync(
            new(_ => new CardDeclinedException("51")),
            new(),
            options => options.UseErrorTranslation(translation => translation
                .Translate<FormatException>(_ => throw new InvalidOperationException("asked about another type"))
                .Translate<CardDeclinedException>(_ => null)
                .Translate<CardDeclinedException>(declined => Fail.BusinessRule($"declined with {declined.Message}")
                    .WithCode("card.declined").WithUserMessage("Your bank declined the card.")))));

        Assert.Equal(
            (ErrorKind.BusinessRule, "card.declined", "declined with 51", "Your bank declined the card."),
            (error.Kind, error.Code, error.Message, error.UserMessage));
    }

    [Fact]
    public async Task Activity_WhenItCancelsSomethingOfItsOwn_FailsAndIsTriedAgain() => Assert.StartsWith(
        "attempt 2",
        await DoScene.ResultAsync(
            new(attempt => attempt == 1 ? new OperationCanceledException("inner") : null), new(),
            options => options.UseErrorTranslation()),
        StringComparison.Ordinal);

    [Fact]
    public async Task Activity_WhenItIsCanceled_EndsAsCanceled()
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var activities = new DoActivities(async context =>
        {
            started.TrySetResult();
            using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
            while (await pulse.WaitForNextTickAsync(context.CancellationToken))
            {
                context.Heartbeat();
            }

            return "never";
        });
        await DoScene.RunAsync(
            activities,
            new() { Heartbeat = TimeSpan.FromSeconds(30), IsPatient = true },
            async handle =>
            {
                await started.Task;
                await handle.CancelAsync();

                await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

                Assert.Contains(
                    (await handle.FetchHistoryAsync()).Events, e => e.EventType == EventType.ActivityTaskCanceled);
            },
            options =>
            {
                // How long a cancellation may take to be learnt.
                options.MaxHeartbeatThrottleInterval = TimeSpan.FromMilliseconds(100);
                return options.UseErrorTranslation();
            });
    }

    [Fact]
    public async Task Activity_WhenTheWorkerShutsDown_IsTriedAgainByAnother()
    {
        await using var env = await EngineEnvironment.StartAsync();
        var queue = $"shutdown-{Guid.NewGuid():N}";
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        WorkflowHandle<DoWorkflow, string>? handle = null;
        using (var first = Worker(env.Client, queue, new(async context =>
        {
            started.TrySetResult();
            var never = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
            await using var registration = context.WorkerShutdownToken.Register(
                () => never.TrySetCanceled(context.WorkerShutdownToken));
            return await never.Task;
        })))
        {
            await first.ExecuteAsync(async () =>
            {
                handle = await env.Client.StartWorkflowAsync(
                    (DoWorkflow workflow) => workflow.RunAsync(new()), new($"shutdown-{Guid.NewGuid():N}", queue));
                await started.Task;
            });
        }

        using var second = Worker(env.Client, queue, DoActivities.Succeeding);
        await second.ExecuteAsync(
            async () => Assert.StartsWith("attempt 2", await handle!.GetResultAsync(), StringComparison.Ordinal));

        var failure = Assert.Single(
            (await handle!.FetchHistoryAsync()).Events, e => e.EventType == EventType.ActivityTaskStarted)
            .ActivityTaskStartedEventAttributes.LastFailure;
        Assert.Equal(
            ("aos.Transient", ApplicationErrorCategory.Benign),
            (failure.ApplicationFailureInfo.Type, failure.ApplicationFailureInfo.Category));
    }

    [Fact]
    public async Task Activity_WhenSomebodyElseCompletesIt_IsLeftAlone()
    {
        var started = new TaskCompletionSource<byte[]>(TaskCreationOptions.RunContinuationsAsynchronously);
        await DoScene.RunAsync(
            new(context =>
            {
                started.TrySetResult(context.Info.TaskToken);
                throw new CompleteAsyncException();
            }),
            new(),
            async handle =>
            {
                await handle.Client.GetAsyncActivityHandle(await started.Task).CompleteAsync("from outside");

                Assert.StartsWith("from outside", await handle.GetResultAsync(), StringComparison.Ordinal);
            },
            options => options.UseErrorTranslation());
    }

    [Fact]
    public void Worker_WhenItTranslatesTwice_IsToldToDoItOnce()
    {
        var options = new TemporalWorkerOptions("orders").UseErrorTranslation();

        var thrown = Assert.Throws<InvalidOperationException>(() => options.UseErrorTranslation());

        Assert.Contains("\"orders\"", thrown.Message, StringComparison.Ordinal);
        Assert.Contains("call UseErrorTranslation once", thrown.Message, StringComparison.Ordinal);
    }

    private static TemporalWorker Worker(ITemporalClient client, string queue, DoActivities activities) => new(
        client,
        new TemporalWorkerOptions(queue) { GracefulShutdownTimeout = TimeSpan.FromSeconds(30) }
            .AddWorkflow<DoWorkflow>().AddAllActivities(activities).UseErrorTranslation());

    private sealed class CardDeclinedException(string message) : Exception(message);
}
