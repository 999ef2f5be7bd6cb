using AugmentedOS.Workflows.Errors;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.ParkingLot;

public sealed class ParkingLotExplainTests
{
    [Fact]
    public async Task Explanation_WhenAnActivityFailed_SaysWhatAndWhyAndWhatToDo()
    {
        await ShopScene.RunAsync(async scene =>
        {
            scene.Shop.Charging = _ => Fail.DependencyDown("the bank does not answer").WithCode("bank.down");
            var handle = await scene.FailAsync("order-7", "activity");

            var explanation = await scene.Lot.ExplainAsync(
                "order-7", cancellationToken: TestContext.Current.CancellationToken);

            var step = Assert.Single(explanation.Steps);
            Assert.Equal(
                ("activity", "Charge", 3, ErrorKind.DependencyDown),
                (step.What, step.Name, step.Attempts, step.Error.Kind));
            Assert.InRange(step.Failed - step.Scheduled, TimeSpan.FromSeconds(15), TimeSpan.FromSeconds(45));
            var lines = explanation.ToString().ReplaceLineEndings("\n").Split('\n');
            Assert.StartsWith(
                $"ShopWorkflow \"order-7\", run {handle.ResultRunId}, ended as Failed on ", lines[0],
                StringComparison.Ordinal);
            Assert.EndsWith($", task queue {scene.Queue}.", lines[0], StringComparison.Ordinal);
            Assert.Equal("Why: DependencyDown (bank.down): the bank does not answer", lines[1]);
            Assert.Matches(
                @"^- activity Charge \(2\), event \d+: 3 attempts in \d+ s, "
                + @"the last: DependencyDown \(bank.down\): the bank",
                lines[2]);
            Assert.Equal("Users read: A service that is needed for this cannot be reached now. Please try again "
                + "later.", lines[3]);
            Assert.Equal(
                "What to do: Wait until the dependency answers again, then retry all that it stopped.", lines[4]);
            Assert.Matches(
                @"^A retry goes back to event \d+: before activity Charge; what was done before stays done\.$",
                    lines[5]);
        });
    }

    [Fact]
    public async Task Explanation_WhenALocalActivityFailed_NamesIt()
    {
        await ShopScene.RunAsync(async scene =>
        {
            scene.Shop.Charging = _ => Fail.BusinessRule("declined");
            await scene.FailAsync("order-6", "local");

            var step = Assert.Single((await scene.Lot.ExplainAsync(
                "order-6", cancellationToken: TestContext.Current.CancellationToken)).Steps);

            Assert.Equal(
                ("local activity", "Charge", 1, ErrorKind.BusinessRule),
                (step.What, step.Name, step.Attempts, step.Error.Kind));
        });
    }

    [Fact]
    public async Task Explanation_WhenAChildFailed_NamesIt()
    {
        await ShopScene.RunAsync(async scene =>
        {
            scene.Shop.Charging = _ => Fail.BusinessRule("declined");
            await scene.FailAsync("order-8", "child");

            var explanation = await scene.Lot.ExplainAsync(
                "order-8", cancellationToken: TestContext.Current.CancellationToken);

            var step = Assert.Single(explanation.Steps);
            Assert.Equal(("child workflow", "ShopWorkflow", "order-8-child"), (step.What, step.Name, step.Id));
            Assert.Equal("order-8-child", explanation.Workflow.Error.ChildWorkflowId);
        });
    }

    [Fact]
    public async Task Explanation_WhenItWasRetried_SaysThatThereIsNothingToDo()
    {
        await ShopScene.RunAsync(async scene =>
        {
            scene.Shop.Charging = _ => Fail.BusinessRule("declined");
            var handle = await scene.FailAsync("order-9", "activity");
            scene.Shop.Charging = _ => null;
            var outcome = await scene.Lot.RetryAsync(
                "order-9", cancellationToken: TestContext.Current.CancellationToken);

            var explanation = await scene.Lot.ExplainAsync(
                "order-9", handle.ResultRunId, cancellationToken: TestContext.Current.CancellationToken);

            Assert.Equal(outcome.NewRunId, explanation.RetriedAs);
            Assert.Contains("Nothing to do", explanation.ToString(), StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Explanation_WhenTheWorkflowDidNotFail_IsRefusedWithWhatToAskFor()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await scene.StartAsync("order-10", "wait");

            var thrown = await Assert.ThrowsAsync<InvalidOperationException>(
                () => scene.Lot.ExplainAsync("order-10", cancellationToken: TestContext.Current.CancellationToken));

            Assert.Contains("\"order-10\" did not fail: it is Running", thrown.Message, StringComparison.Ordinal);
            Assert.Contains("by its run id", thrown.Message, StringComparison.Ordinal);
            await Assert.ThrowsAsync<RpcException>(
                () => scene.Lot.ExplainAsync("no such", cancellationToken: TestContext.Current.CancellationToken));
        });
    }
}
