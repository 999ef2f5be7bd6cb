using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Sagas;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Sagas;

/// <summary>Sagas through the official SDK, in skipped time; each run is replayed at the end.</summary>
public sealed class SagaTests
{
    private readonly ShopActivities _shop = new();

    [Fact]
    public async Task Saga_WhenItSucceeds_UndoesNothing() => await PlayAsync(new(["a", "b"]), async purchase =>
    {
        Assert.Equal(2, await purchase.GetResultAsync());
        Assert.Equal(["do a", "do b"], _shop.Calls);
    });

    [Fact]
    public async Task Saga_WhenAStepFails_UndoesInReverseOrderAndFailsAsTheStepDid()
    {
        _shop.Broken.Add("do c");

        await PlayAsync(new(["a", "b", "c", "d"]), async purchase =>
        {
            var failure = await FailureAsync(purchase);

            Assert.Equal(["do a", "do b", "do c", "undo c", "undo b", "undo a"], _shop.Calls);
            Assert.Equal(ErrorKind.BusinessRule, WorkflowError.From(failure).Kind);
            Assert.Equal("cannot do c", failure.InnerException!.InnerException!.Message);
        });
    }

    [Fact]
    public async Task Saga_WhenItIsParallel_BeginsAllCompensationsAtOnce()
    {
        _shop.Broken.Add("do c");

        await PlayAsync(new(["a", "b", "c"], Order: CompensationOrder.Parallel), async purchase =>
        {
            await FailureAsync(purchase);

            Assert.Equal(["undo a", "undo b", "undo c"], _shop.Calls.Skip(3).Order());
            var scheduled = (await purchase.FetchHistoryAsync()).Events
                .Where(e => e.EventType is EventType.ActivityTaskScheduled).TakeLast(3)
                .Select(e => e.ActivityTaskScheduledEventAttributes.WorkflowTaskCompletedEventId);
            Assert.Single(scheduled.Distinct());
        });
    }

    [Fact]
    public async Task Compensation_WhenItFailsTwice_IsRepeated()
    {
        _shop.Broken.Add("do b");
        _shop.Shaky["undo a"] = 2;

        await PlayAsync(new(["a", "b"]), async purchase =>
        {
            await FailureAsync(purchase);

            Assert.Equal(["do a", "do b", "undo b", "undo a", "undo a", "undo a"], _shop.Calls);
        });
    }

    [Fact]
    public async Task Compensation_WhenItFailsForGood_LetsTheOthersRunAndIsNamed()
    {
        _shop.Broken.UnionWith(["do c", "undo b"]);

        await PlayAsync(new(["a", "b", "c"]), async purchase =>
        {
            var failure = await FailureAsync(purchase);

            Assert.Equal("undo a", _shop.Calls.Last());
            Assert.Equal(ErrorKind.Poisoned, WorkflowError.From(failure).Kind);
            var notUndone = Assert.IsType<ApplicationFailureException>(failure.InnerException);
            Assert.Equal(
                "The saga was to be undone (Activity task failed: cannot do c), and 1 of 3 compensations failed: "
                    + "'b': Activity task failed: cannot undo b. Undone: 'c', 'a'. Undo the rest by hand.",
                notUndone.Message);
            Assert.Equal("cannot do c", notUndone.InnerException!.InnerException!.Message);
            Assert.Equal(SagaCompensationException.Code, notUndone.Details.ElementAt<ErrorDetails>(0).Code);
            var report = notUndone.Details.ElementAt<CompensationReport>(1);
            Assert.Equal(["c", "a"], report.Done);
            Assert.Equal("b", Assert.Single(report.Failed).Name);
            Assert.Empty(report.NotRun);
        });
    }

    [Fact]
    public async Task Compensation_WhenItFailsForGoodAndTheSagaStops_NamesWhatWasNotTried()
    {
        _shop.Broken.UnionWith(["do c", "undo b"]);

        await PlayAsync(new(["a", "b", "c"], OnFailure: CompensationFailurePolicy.Stop), async purchase =>
        {
            var failure = await FailureAsync(purchase);

            Assert.Equal(["undo c", "undo b"], _shop.Calls.Skip(3));
            Assert.Contains(
                "Not tried after that: 'a'. Undone: 'c'.", failure.InnerException!.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Compensations_WhenSeveralFailInParallel_AreAllNamed()
    {
        _shop.Broken.UnionWith(["do b", "undo a", "undo b"]);

        await PlayAsync(new(["a", "b"], Order: CompensationOrder.Parallel), async purchase =>
        {
            var failure = await FailureAsync(purchase);

            Assert.Contains("2 of 2 compensations failed", failure.InnerException!.Message, StringComparison.Ordinal);
            Assert.Contains("Nothing was undone.", failure.InnerException.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Saga_WhenTheWorkflowIsCancelled_UndoesAndEndsAsCancelled() =>
        await PlayAsync(new(["a", "b"], Waits: true), async purchase =>
        {
            await CancelWhileWaitingAsync(purchase);
            var failure = await FailureAsync(purchase);

            Assert.IsType<CanceledFailureException>(failure.InnerException);
            Assert.Equal(["do a", "do b", "undo b", "undo a"], _shop.Calls);
        });

    [Fact]
    public async Task Compensation_WhenItForgetsItsOptionsInACancelledWorkflow_IsToldToUseThem() =>
        await PlayAsync(new(["a"], Waits: true, Forgetful: true), async purchase =>
        {
            await CancelWhileWaitingAsync(purchase);
            var failure = await FailureAsync(purchase);

            Assert.Contains(
                "give what it calls the options of its argument", failure.InnerException!.Message,
                StringComparison.Ordinal);
            Assert.Equal(["do a"], _shop.Calls);
        });

    [Theory]
    [InlineData(MisuseWorkflow.Mistake.RegistersTwice, "'hotel' is registered already")]
    [InlineData(MisuseWorkflow.Mistake.RegistersAfterTheEnd, "'flight' was registered after the saga had succeeded")]
    [InlineData(
        MisuseWorkflow.Mistake.CompensatesAfterSuccess, "CompensateAsync was called after the saga had succeeded")]
    [InlineData(
        MisuseWorkflow.Mistake.RegistersWhileCompensating, "'car' was registered after the saga had been undone")]
    [InlineData(MisuseWorkflow.Mistake.StopsInParallel, "Choose CompensationFailurePolicy.GoOn")]
    public async Task Saga_WhenItIsMisused_SaysWhatToDo(MisuseWorkflow.Mistake mistake, string message) =>
        await Scene.PlayAsync(
        worker => worker.AddWorkflow<MisuseWorkflow>(),
        async scene => Assert.Contains(
            message,
            await scene.Client.ExecuteWorkflowAsync(
                (MisuseWorkflow workflow) => workflow.RunAsync(mistake), scene.Options($"misuse-{mistake}")),
            StringComparison.Ordinal));

    [Fact]
    public void Saga_WhenItIsMadeOutsideOfAWorkflow_SaysWhatToDo() =>
        Assert.Contains(
            "inside a workflow", Assert.Throws<InvalidOperationException>(() => new Saga()).Message,
            StringComparison.Ordinal);

    private static async Task<WorkflowFailedException> FailureAsync(WorkflowHandle<PurchaseWorkflow, int> purchase) =>
        await Assert.ThrowsAsync<WorkflowFailedException>(() => purchase.GetResultAsync());

    private static async Task CancelWhileWaitingAsync(WorkflowHandle<PurchaseWorkflow> purchase)
    {
        await purchase.ExecuteUpdateAsync(workflow => workflow.AwaitWaitingAsync());
        await purchase.CancelAsync();
    }

    private Task PlayAsync(PurchaseWorkflow.Plan plan, Func<WorkflowHandle<PurchaseWorkflow, int>, Task> then) =>
        Scene.PlayAsync(
        worker => worker.AddWorkflow<PurchaseWorkflow>().AddAllActivities(_shop),
        async scene => await then(await scene.Client.StartWorkflowAsync(
            (PurchaseWorkflow workflow) => workflow.RunAsync(plan), scene.Options("purchase"))));
}
