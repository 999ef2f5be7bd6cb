using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.ParkingLot;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Common;

namespace AugmentedOS.Workflows.Tests.ParkingLot;

public sealed class ParkingLotFindTests
{
    [Fact]
    public async Task Find_WhenWorkflowsFailed_ListsThoseWithTheirErrors()
    {
        await ShopScene.RunAsync(async scene =>
        {
            scene.Shop.Charging = order => order == "down" ? Fail.DependencyDown("bank down").WithCode("bank.down")
                : order == "declined" ? Fail.BusinessRule("declined").WithCode("card.declined")
                : null;
            await (await scene.StartAsync("fine", "activity")).GetResultAsync();
            await scene.StartAsync("running", "wait");
            await scene.FailAsync("down", "activity");
            await scene.FailAsync("declined", "activity");
            await scene.FailAsync("late", "wait", options => options.RunTimeout = TimeSpan.FromHours(1));
            var stopped = await scene.StartAsync("stopped", "wait");
            await stopped.TerminateAsync("by mistake");

            Assert.Equal(
                [
                    ("declined", ErrorKind.BusinessRule, "card.declined"),
                    ("down", ErrorKind.DependencyDown, "bank.down"),
                    ("late", ErrorKind.Transient, "timeout.workflow"),
                ],
                Shown(await scene.FindAsync()));
            Assert.Equal(["down"], Ids(await scene.FindAsync(new() { Kind = ErrorKind.DependencyDown })));
            Assert.Equal(["declined"], Ids(await scene.FindAsync(new() { Code = "card.declined" })));
            Assert.Equal(["late"], Ids(await scene.FindAsync(new() { Statuses = [WorkflowExecutionStatus.TimedOut] })));
            Assert.Equal(["down"], Ids(await scene.FindAsync(new() { Where = "WorkflowId = 'down'" })));
            Assert.Empty(await scene.FindAsync(new() { WorkflowType = "Other" }));
            Assert.Single(await scene.FindAsync(new() { Limit = 1 }));
            var terminated = Assert.Single(
                await scene.FindAsync(new() { Statuses = [WorkflowExecutionStatus.Terminated] }));
            Assert.Equal(
                ("stopped", "by mistake", true),
                (terminated.WorkflowId, terminated.Error.Message, terminated.Error.IsCanceled));
        });
    }

    [Fact]
    public async Task Find_WhenTheTimeOfTheEndIsAsked_ListsWhatEndedThen()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await scene.FailAsync("early", "own");
            var between = new DateTimeOffset(await scene.Environment.GetCurrentTimeAsync()).AddMinutes(30);
            await scene.FailAsync("late", "wait", options => options.RunTimeout = TimeSpan.FromHours(1));

            Assert.Equal(["early"], Ids(await scene.FindAsync(new() { ClosedBefore = between })));
            Assert.Equal(["late"], Ids(await scene.FindAsync(new() { ClosedFrom = between })));
        });
    }

    [Fact]
    public async Task Find_WhenWorkflowsHaveSearchAttributes_ListsByThem()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await scene.Client.OperatorService.AddSearchAttributesAsync(new AddSearchAttributesRequest
            {
                Namespace = scene.Client.Options.Namespace,
                SearchAttributes = { ["Region"] = IndexedValueType.Keyword },
            });
            var region = SearchAttributeKey.CreateKeyword("Region");
            foreach (var place in new[] { "EU", "US" })
            {
                await scene.FailAsync(
                    place,
                    "own",
                    options => options.TypedSearchAttributes = new SearchAttributeCollection.Builder()
                        .Set(region, place).ToSearchAttributeCollection());
            }

            Assert.Equal(["EU"], Ids(await scene.FindAsync(new() { Where = "Region = 'EU'" })));
        });
    }

    [Fact]
    public async Task Find_WhenAWorkflowWasStartedAgain_DoesNotListItsFormerRun()
    {
        await ShopScene.RunAsync(async scene =>
        {
            await scene.FailAsync("order", "own");
            Assert.Single(await scene.FindAsync());

            await scene.StartAsync("order", "wait");

            Assert.Empty(await scene.FindAsync());
        });
    }

    private static IEnumerable<string> Ids(IEnumerable<ParkedWorkflow> found) =>
        found.Select(workflow => workflow.WorkflowId);

    private static IEnumerable<(string Id, ErrorKind Kind, string Code)> Shown(IEnumerable<ParkedWorkflow> found) =>
        found
        .Select(workflow => (workflow.WorkflowId, workflow.Error.Kind, workflow.Error.Code))
        .OrderBy(shown => shown.WorkflowId, StringComparer.Ordinal);
}
