using AugmentedOS.Engine.Hosting.Environments;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.ParkingLot;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.ParkingLot;

/// <summary>One workflow's retry: where it goes back to, and that it happens once.</summary>
public sealed class ParkingLotRetryTests
{
    [Theory]
    [InlineData("activity", "reserve order, charge order")]
    [InlineData("wrap", "reserve order, charge order")]
    [InlineData("local", "reserve order, charge order")]
    [InlineData("compensate", "reserve order, release order, reserve order, charge order")]
    public async Task Retry_WhenAStepFailed_DoesAgainWhatIsNotDone(string how, string done)
    {
        await ShopScene.RunAsync(async scene =>
        {
            scene.Shop.Charging = _ => Fail.Unauthorized("the key ran out");
            await scene.FailAsync("order", how);
            scene.Shop.Charging = _ => null;

            var outcome = await RetryAsync(scene, "order");

            Assert.Equal(RetryResult.Retried, outcome.Result);
            Assert.Equal("shipped", await scene.ResultAsync("order"));
            Assert.Equal(done, string.Join(", ", scene.Shop.Done));
            Assert.Empty(await scene.FindAsync());
        });
    }

    [Fact]
    public async Task Retry_WhenAChildFailed_StartsTheChildAgain()
    {
        await ShopScene.RunAsync(async scene =>
        {
            scene.Shop.Charging = _ => Fail.Unauthorized("the key ran out");
            await scene.FailAsync("order", "child");
            scene.Shop.Charging = _ => null;

            Assert.Contains(
                "before child workflow ShopWorkflow", (await RetryAsync(scene, "order")).Reason,
                StringComparison.Ordinal);

            Assert.Equal("shipped", await scene.ResultAsync("order"));
            Assert.Equal(1, scene.Shop.Count("reserve order-child") - 1);
        });
    }

    [Fact]
    public async Task Retry_WhenItFailedByItself_BeginsAnewAndMayFailAgain()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await scene.FailAsync("order", "own");

            var outcome = await RetryAsync(scene, "order");
            await Assert.ThrowsAsync<WorkflowFailedException>(() => scene.ResultAsync("order"));

            Assert.Contains("it failed by itself", outcome.Reason, StringComparison.Ordinal);
            Assert.Equal(2, scene.Shop.Count("reserve"));
            Assert.Equal(outcome.NewRunId, Assert.Single(await scene.FindAsync()).RunId);
            Assert.Equal(RetryResult.Retried, (await RetryAsync(scene, "order")).Result);
        });
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Retry_WhenItsTimeWasUpOrItWasStopped_GoesOnWhereItWas(bool isTerminated)
    {
        await ShopScene.RunAsync(async scene =>
        {
            var handle = await scene.StartAsync("order", "wait", options => options.RunTimeout = TimeSpan.FromHours(1));
            if (isTerminated)
            {
                await handle.ExecuteUpdateAsync(workflow => workflow.ReachedAsync());
                await handle.TerminateAsync("by mistake");
            }

            await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());
            Assert.Equal(RetryResult.Retried, (await RetryAsync(scene, "order")).Result);
            await scene.Client.GetWorkflowHandle<ShopWorkflow>("order").SignalAsync(workflow => workflow.PayAsync());

            Assert.Equal("shipped", await scene.ResultAsync("order"));
            Assert.Equal(1, scene.Shop.Count("reserve"));
        });
    }

    [Fact]
    public async Task Retry_WhenTwoDoItAtOnce_MakesOneNewRun()
    {
        await ShopScene.RunAsync(async scene =>
        {
            scene.Shop.Charging = _ => Fail.Unauthorized("the key ran out");
            var failed = await scene.FailAsync("order", "activity");
            scene.Shop.Charging = _ => null;

            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(
                _ => Task.Run(() => RetryAsync(scene, "order", failed.ResultRunId))));

            Assert.Single(outcomes.Select(outcome => outcome.NewRunId).Distinct());
            Assert.All(
                outcomes, outcome => Assert.True(
                    outcome.Result is RetryResult.Retried or RetryResult.AlreadyRetried, outcome.Reason));
            Assert.Equal("shipped", await scene.ResultAsync("order"));
            Assert.Equal(1, scene.Shop.Count("charge"));
            var late = await RetryAsync(scene, "order", failed.ResultRunId);
            Assert.Equal((RetryResult.AlreadyRetried, outcomes[0].NewRunId), (late.Result, late.NewRunId));
        });
    }

    [Fact]
    public async Task Retry_WhenThereIsNothingToRetry_SaysSo()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await scene.StartAsync("running", "wait");
            var canceled = await scene.StartAsync("canceled", "wait");
            await canceled.CancelAsync();
            await Assert.ThrowsAsync<WorkflowFailedException>(() => canceled.GetResultAsync());

            Assert.Equal(
                (RetryResult.NotFailed, "it is Running."), ResultAndReason(await RetryAsync(scene, "running")));
            Assert.Equal(
                (RetryResult.NotFailed, "it is Canceled."), ResultAndReason(await RetryAsync(scene, "canceled")));
            Assert.Equal(RetryResult.Gone, (await RetryAsync(scene, "no such")).Result);
        });
    }

    [Fact]
    public async Task Retry_WhenThePlaceIsSaid_GoesBackThere()
    {
        await ShopScene.RunAsync(async scene =>
        {
            scene.Shop.Charging = _ => Fail.Unauthorized("the key ran out");
            await scene.FailAsync("order", "activity");
            await scene.FailAsync("own", "own");
            scene.Shop.Charging = _ => null;

            var refused = await scene.Lot.RetryAsync(
                "own", options: new() { From = RetryFrom.FailedStep },
                cancellationToken: TestContext.Current.CancellationToken);
            await scene.Lot.RetryAsync(
                "order", options: new() { From = RetryFrom.Beginning },
                cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal(RetryResult.Refused, refused.Result);
            Assert.Contains("Retry it from Beginning or LastTask", refused.Reason, StringComparison.Ordinal);
            Assert.Equal("shipped", await scene.ResultAsync("order"));
            Assert.Equal(2, scene.Shop.Count("reserve order"));
        });
    }

    [Fact]
    public async Task Retry_WhenNoWorkerEverTookIt_IsRefusedWithWhatToDo()
    {
        await using var env = await EngineEnvironment.StartAsync();
        var handle = await env.Client.StartWorkflowAsync(
            (ShopWorkflow workflow) => workflow.RunAsync("own"),
            new("order", "nobody") { RunTimeout = TimeSpan.FromHours(1) });
        await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        var outcome = await new WorkflowParkingLot(env.Client).RetryAsync(
            "order", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(RetryResult.Refused, outcome.Result);
        Assert.Contains("start it again once its workers run", outcome.Reason, StringComparison.Ordinal);
    }

    private static (RetryResult Result, string Reason) ResultAndReason(RetryOutcome outcome) =>
        (outcome.Result, outcome.Reason);

    private static Task<RetryOutcome> RetryAsync(ShopScene scene, string id, string? runId = null) =>
        scene.Lot.RetryAsync(id, runId, cancellationToken: TestContext.Current.CancellationToken);
}
