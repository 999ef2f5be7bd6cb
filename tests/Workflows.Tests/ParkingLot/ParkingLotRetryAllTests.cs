using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.ParkingLot;

namespace AugmentedOS.Workflows.Tests.ParkingLot;

/// <summary>Many workflows' retries.</summary>
public sealed class ParkingLotRetryAllTests
{
    private const int Many = 40;

    [Fact]
    public async Task RetryAll_WhenTheDependencyIsBack_RetriesWhatItStoppedOnce()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await FailManyAsync(scene, Many);
            await scene.FailAsync("own", "own");
            scene.Shop.Charging = _ => null;
            var reports = new Reports();
            var query = new ParkingLotQuery { Kind = ErrorKind.DependencyDown };

            var report = await scene.Lot.RetryAllAsync(query, Quick, reports, TestContext.Current.CancellationToken);

            Assert.Equal((Many, 0, 0), (report.Retried, report.Skipped, report.Refused));
            Assert.Equal(Enumerable.Range(1, Many), reports.All.Select(progress => progress.Seen));
            await Task.WhenAll(Enumerable.Range(0, Many).Select(i => scene.ResultAsync($"order-{i}")));
            Assert.Equal((Many + 1, Many), (scene.Shop.Count("reserve"), scene.Shop.Count("charge")));
            Assert.Equal("own", Assert.Single(await scene.FindAsync()).WorkflowId);
            Assert.Equal(
                0, (await scene.Lot.RetryAllAsync(query, Quick,
                    cancellationToken: TestContext.Current.CancellationToken)).Seen);
        });
    }

    [Fact]
    public async Task RetryAll_WhenSomeNeedNothingOrCannot_TellsThemApart()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await FailManyAsync(scene, 2);
            await scene.FailAsync("own", "own");
            var found = await scene.FindAsync();
            scene.Shop.Charging = _ => null;
            await scene.Lot.RetryAsync("order-0", cancellationToken: TestContext.Current.CancellationToken);

            // The one that was found twice counts once.
            var report = await scene.Lot.RetryAllAsync(
                found.Concat(found).ToAsyncEnumerable(),
                Quick with { From = RetryFrom.FailedStep },
                cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal((1, 1, 1), (report.Retried, report.Skipped, report.Refused));
            Assert.Equal("own", Assert.Single(report.Refusals).WorkflowId);
        });
    }

    [Fact]
    public async Task RetryAll_WhenAPaceIsSaid_KeepsIt()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await FailManyAsync(scene, 5);
            scene.Shop.Charging = _ => null;
            var clock = new JumpingClock();

            await new WorkflowParkingLot(scene.Client, clock).RetryAllAsync(
                new ParkingLotQuery(),
                new() { PerSecond = 0.1, Concurrency = 1 },
                cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal(TimeSpan.FromSeconds(40), clock.Passed);
        });
    }

    [Theory]
    [InlineData(0, 5, "PerSecond")]
    [InlineData(double.NaN, 5, "PerSecond")]
    [InlineData(20, 0, "Concurrency")]
    [InlineData(20, 101, "Concurrency")]
    public async Task RetryAll_WhenItsPaceMakesNoSense_IsRefused(double perSecond, int concurrency, string option)
    {
        await ShopScene.RunAsync(async scene =>
        {
            var thrown = await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => scene.Lot.RetryAllAsync(
                new ParkingLotQuery(), new() { PerSecond = perSecond, Concurrency = concurrency }));

            Assert.Equal(option, thrown.ParamName);
        });
    }

    [Fact]
    public async Task Batch_WhenItIsStartedTwice_RetriesOnce()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await FailManyAsync(scene, 5);
            var found = await scene.FindAsync();
            scene.Shop.Charging = _ => null;
            var options = Quick with { From = RetryFrom.Beginning };

            await scene.Lot.StartBatchAsync("after-the-outage", found, options, TestContext.Current.CancellationToken);
            var batch = await scene.Lot.StartBatchAsync(
                "after-the-outage", found, options, TestContext.Current.CancellationToken);
            var progress = await batch.DescribeAsync(TestContext.Current.CancellationToken);
            while (progress.IsRunning)
            {
                progress = await batch.DescribeAsync(TestContext.Current.CancellationToken);
            }

            Assert.Equal(new RetryBatchProgress(false, 5, 5, 0), progress);
            await Task.WhenAll(found.Select(workflow => scene.ResultAsync(workflow.WorkflowId)));
            Assert.Equal((10, 5), (scene.Shop.Count("reserve"), scene.Shop.Count("charge")));
        });
    }

    [Fact]
    public async Task Batch_WhenItCannotBe_SaysWhatToDo()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await FailManyAsync(scene, 1);
            var found = await scene.FindAsync();
            var fromBeginning = new RetryOptions { From = RetryFrom.Beginning };

            Assert.Contains(
                "set RetryOptions.From to Beginning or LastTask, or use RetryAllAsync",
                await RefusalAsync(found, new()), StringComparison.Ordinal);
            Assert.Contains("find workflows first", await RefusalAsync([], fromBeginning), StringComparison.Ordinal);
            Assert.Contains(
                "start a batch for each 1000",
                await RefusalAsync([.. Enumerable.Repeat(found[0], 1_001)], fromBeginning), StringComparison.Ordinal);

            async Task<string> RefusalAsync(IReadOnlyCollection<ParkedWorkflow> workflows, RetryOptions options) =>
                (await Assert.ThrowsAsync<ArgumentException>(() => scene.Lot.StartBatchAsync("job", workflows,
                    options))).Message;
        });
    }

    private static RetryOptions Quick => new() { PerSecond = 10_000 };

    private static async Task FailManyAsync(ShopScene scene, int count)
    {
        scene.Shop.Charging = _ => Fail.DependencyDown("the bank does not answer");
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => scene.FailAsync($"order-{i}", "activity")));
    }

    private sealed class Reports : IProgress<RetryReport>
    {
        public List<RetryReport> All { get; } = [];

        // Called one after the other.
        public void Report(RetryReport value) => All.Add(value);
    }
}
