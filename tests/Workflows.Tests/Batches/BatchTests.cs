using AugmentedOS.Workflows.Batches;
using AugmentedOS.Workflows.Errors;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Batches;

/// <summary>What a batch does with its items.</summary>
public sealed class BatchTests
{
    private readonly Letters _letters = new();

    [Fact]
    public Task Batch_WhenItContinuesAsNew_DoesEachItemOnce() => MailingScene.PlayAsync(_letters, new(57), async (test, mailing) =>
    {
        var result = await mailing.GetResultAsync();

        Assert.Equal((57, 6, true, 0), (result.Done, result.Pages, result.IsOver, result.DoneOfPage));
        Assert.Equal(MailingScene.Keys(57).Order(), _letters.Sent.Keys.Order());
        Assert.All(_letters.Sent.Values, times => Assert.Equal(1, times));

        // Three runs of two pages.
        Assert.Equal(3, (await test.ListWorkflowsAsync()).Count);
    });

    [Fact]
    public Task Batch_WhenThereIsNothing_IsOver() => MailingScene.PlayAsync(_letters, new(0), async (_, mailing) =>
        Assert.Equal((0, 1, true), await mailing.GetResultAsync() is var result ? (result.Done, result.Pages, result.IsOver) : default));

    [Fact]
    public Task Batch_WhenAPageIsEmpty_GoesOn()
    {
        foreach (var customer in Enumerable.Range(10, 10))
        {
            _letters.Gone[customer] = true;
        }

        return MailingScene.PlayAsync(_letters, new(30), async (_, mailing) =>
            Assert.Equal(20, (await mailing.GetResultAsync()).Done));
    }

    [Fact]
    public Task Batch_WhenItsSourceGrows_DoesWhatCameWhileItRan()
    {
        _letters.HoldsAt = customer => customer == 2;
        return MailingScene.PlayAsync(_letters, new(15), async (_, mailing) =>
        {
            await _letters.HeldAsync();
            _letters.Newcomers = 20;
            _letters.GoesOn.SetResult();

            Assert.Equal((35, 4), await mailing.GetResultAsync() is var result ? (result.Done, result.Pages) : default);
        });
    }

    [Fact]
    public Task Page_WhenItHasManyItems_HasMaxParallelUnderWay()
    {
        _letters.HoldsAt = _ => true;
        return MailingScene.PlayAsync(_letters, new(40, PageSize: 20), async (test, mailing) =>
        {
            await _letters.HeldAsync();
            await test.ProgressAsync(_ => _letters.MostUnderWay >= 4);
            Assert.Equal(4, await test.UnderWayAsync());
            _letters.GoesOn.SetResult();

            Assert.Equal(40, (await mailing.GetResultAsync()).Done);
            Assert.Equal(4, _letters.MostUnderWay);
        });
    }

    [Fact]
    public Task Batch_WhenItIsPaused_BeginsNothingUntilItIsResumed()
    {
        // All four of the first page are under way.
        _letters.HoldsAt = customer => customer == 2;
        return MailingScene.PlayAsync(_letters, new(40, PageSize: 4, PagesPerRun: 1), async (test, mailing) =>
        {
            await _letters.HeldAsync();
            await mailing.SignalAsync(Batch.PauseSignal, []);
            _letters.GoesOn.SetResult();
            var progress = await test.ProgressAsync(now => now.Pages > 0);

            // The page under way at the pause was finished, and the next run has not begun its own.
            Assert.Equal((true, 1, 4), (progress.IsPaused, progress.Pages, _letters.Sent.Count));
            await test.Client.GetWorkflowHandle(MailingScene.Id).SignalAsync(Batch.ResumeSignal, []);
            Assert.Equal(40, (await mailing.GetResultAsync()).Done);
            Assert.All(_letters.Sent.Values, times => Assert.Equal(1, times));
        });
    }

    [Fact]
    public Task Batch_WhenItIsCancelled_BeginsNothingMore()
    {
        _letters.HoldsAt = customer => customer == 12;
        return MailingScene.PlayAsync(_letters, new(40), async (test, mailing) =>
        {
            await _letters.HeldAsync();
            await test.Client.GetWorkflowHandle(MailingScene.Id).CancelAsync();

            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => mailing.GetResultAsync());
            Assert.IsType<CanceledFailureException>(failure.InnerException);

            // The second page was under way, four at a time.
            Assert.InRange(_letters.Sent.Count, 11, 20);
            Assert.DoesNotContain(MailingScene.Key(20), _letters.Sent.Keys);
        });
    }

    [Fact]
    public async Task Page_WhenItCannotBeRight_FailsTheBatchAndSaysWhy()
    {
        await MailingScene.PlayAsync(_letters, new(6_000, PageSize: 5_001), async (_, mailing) =>
        {
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => mailing.GetResultAsync());
            Assert.Equal(Batch.PageCode, WorkflowError.From(failure).Code);
            Assert.Equal(
                "Page 1 of the batch (cursor none) has 5001 items, where one history has room for 5000: read smaller ones.",
                failure.InnerException!.Message);
        });
        await MailingScene.PlayAsync(_letters, new(10, PageSize: 0), async (_, mailing) =>
        {
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => mailing.GetResultAsync());
            Assert.Equal(
                "Page 2 of the batch (cursor 0) names itself as the next one: give null after the last page.",
                failure.InnerException!.Message);
        });
    }

    [Theory]
    [InlineData(0, 10, 10, "at least one item under way at a time, not 0: set BatchPlan.MaxParallel")]
    [InlineData(1, 0, 10, "at least one page in a run, not 0: set BatchPlan.PagesPerRun")]
    [InlineData(1, 10, 1_001, "set aside 0 to 1000 items, not 1001, since they are handed on from run to run: set BatchPlan.MaxSetAside")]
    public void Plan_WhenANumberIsOutOfItsRange_SaysWhatToSet(int maxParallel, int pagesPerRun, int maxSetAside, string message)
    {
        var plan = new BatchPlan<int>
        {
            ReadAsync = null!,
            KeyOf = null!,
            DoAsync = null!,
            ContinueWith = null!,
            MaxParallel = maxParallel,
            PagesPerRun = pagesPerRun,
            MaxSetAside = maxSetAside,
        };
        Assert.Contains(message, Assert.Throws<ArgumentException>(plan.Check).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Batch_WhenItIsUsedOutsideOfAWorkflow_SaysWhatToDo() => Assert.Contains(
        "inside a workflow",
        (await Assert.ThrowsAsync<InvalidOperationException>(() => Batch.RunAsync<int>(null!, null))).Message,
        StringComparison.Ordinal);
}
