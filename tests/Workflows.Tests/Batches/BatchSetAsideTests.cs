using AugmentedOS.Workflows.Batches;
using AugmentedOS.Workflows.Errors;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Batches;

/// <summary>Items that fail for good: set aside, tried again later, too many.</summary>
public sealed class BatchSetAsideTests
{
    private readonly Letters _letters = new();

    [Fact]
    public Task Item_WhenItFailsForGood_IsSetAside()
    {
        _letters.Unknown[3] = _letters.Unknown[25] = true;
        return MailingScene.PlayAsync(_letters, new(40), async (_, mailing) =>
        {
            var result = await mailing.GetResultAsync();

            Assert.Equal(38, result.Done);
            Assert.Equal(
                [new("mailing/3", "no customer 3", null, 1), new("mailing/25", "no customer 25", "20", 1)], result.SetAside);
        });
    }

    [Fact]
    public Task Item_WhenItWasMendedMeanwhile_IsDoneInALaterRound()
    {
        _letters.Unknown[3] = _letters.Unknown[4] = _letters.Unknown[25] = true;
        _letters.HoldsAt = customer => customer == 39;
        return MailingScene.PlayAsync(_letters, new(40, PagesPerRun: 1, RetryRounds: 2), async (test, mailing) =>
        {
            await _letters.HeldAsync();
            _letters.Unknown.Remove(3, out _);
            var before = await test.GetCurrentTimeAsync();
            _letters.GoesOn.SetResult();
            var result = await mailing.GetResultAsync();

            // The others were tried in the first place and in both rounds.
            Assert.Equal((38, 2), (result.Done, result.Round));
            Assert.Equal(
                [new("mailing/4", "no customer 4", null, 3), new("mailing/25", "no customer 25", "20", 3)], result.SetAside);
            Assert.InRange(await test.GetCurrentTimeAsync() - before, MailingWorkflow.RetryAfter * 2, MailingWorkflow.RetryAfter * 2.1);
            Assert.All(_letters.Sent.Values, times => Assert.Equal(1, times));
        });
    }

    [Fact]
    public Task Item_WhenItIsGoneMeanwhile_StaysAside()
    {
        _letters.Unknown[3] = true;
        _letters.HoldsAt = customer => customer == 39;
        return MailingScene.PlayAsync(_letters, new(40, RetryRounds: 1), async (_, mailing) =>
        {
            await _letters.HeldAsync();
            _letters.Gone[3] = true;
            _letters.GoesOn.SetResult();

            Assert.Equal(
                new BatchSetAside("mailing/3", "It is not on its page any more.", null, 2),
                Assert.Single((await mailing.GetResultAsync()).SetAside));
        });
    }

    [Fact]
    public Task SetAside_WhenAPersonHasMendedIt_IsDoneByANewBatchAlone()
    {
        _letters.Unknown[3] = _letters.Unknown[25] = true;
        return MailingScene.PlayAsync(_letters, new(40), async (test, mailing) =>
        {
            var result = await mailing.GetResultAsync();
            _letters.Unknown.Clear();

            var again = await MailingScene.StartAsync(test, new(40), result.RetrySetAside(), id: "mailing-mended");

            Assert.Equal((40, 0), await again.GetResultAsync() is var mended ? (mended.Done, mended.SetAside.Count) : default);
            Assert.Equal(MailingScene.Keys(40).Order(), _letters.Sent.Keys.Order());
            Assert.All(_letters.Sent.Values, times => Assert.Equal(1, times));
        });
    }

    [Fact]
    public Task Batch_WhenTooManyItemsFail_StopsAndIsContinuedFromThere()
    {
        _letters.Unknown[3] = _letters.Unknown[4] = _letters.Unknown[25] = _letters.Unknown[26] = true;
        return MailingScene.PlayAsync(_letters, new(40), async (test, mailing) =>
        {
            var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => mailing.GetResultAsync());
            Assert.Equal(Batch.SetAsideCode, WorkflowError.From(failure).Code);
            Assert.Contains("page 3 (cursor 20): more than 3 items", failure.InnerException!.Message, StringComparison.Ordinal);

            var more = await MailingScene.StartAsync(test, new(40, MaxSetAside: 4), await test.ProgressAsync(), id: "mailing-more");
            Assert.Equal((36, 4), await more.GetResultAsync() is var result ? (result.Done, result.SetAside.Count) : default);
            Assert.All(MailingScene.Keys(20).Where(_letters.Sent.ContainsKey), key => Assert.Equal(1, _letters.Sent[key]));
        });
    }
}
