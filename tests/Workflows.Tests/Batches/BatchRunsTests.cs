using AugmentedOS.Testing.Engines;
using AugmentedOS.Workflows.Batches;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Batches;

/// <summary>A batch across its runs, and across the deaths of its workers.</summary>
public sealed class BatchRunsTests
{
    // An activity is three events, and a workflow task three more: at most one task for each of a page's items, and one to read it.
    private const int EventsOfAnItem = 6;

    private readonly Letters _letters = new();

    [Fact]
    public Task Batch_WhenItHasManyPages_KeepsEveryHistoryShort() => MailingScene.PlayAsync(
        _letters,
        new(600, PageSize: 25, PagesPerRun: 4, MaxParallel: 25),
        async (test, mailing) =>
        {
            Assert.Equal((600, 24), await mailing.GetResultAsync() is var result ? (result.Done, result.Pages) : default);

            Assert.Equal(MailingScene.Keys(600).Order(), _letters.Sent.Keys.Order());
            var runs = await test.ListWorkflowsAsync();
            Assert.Equal(6, runs.Count);
            Assert.All(runs, run => Assert.InRange(run.HistoryLength, 4 * 25 * 3, (4 * 26 * EventsOfAnItem) + 5));
        });

    [Fact]
    public Task Batch_WhenTheServerSuggestsIt_ContinuesAsNewEarlier() => MailingScene.PlayAsync(
        _letters,
        new(100, PagesPerRun: int.MaxValue),
        async (test, mailing) =>
        {
            Assert.Equal(100, (await mailing.GetResultAsync()).Done);
            var runs = await test.ListWorkflowsAsync();
            Assert.InRange(runs.Count, 3, 10);
            Assert.All(runs, run => Assert.InRange(run.HistoryLength, 1, 100 + (11 * EventsOfAnItem) + 5));
        },
        new() { Engine = TestEngine.InMemory(engine => engine.SuggestContinueAsNewAfterEvents = 100) });

    [Fact]
    public Task Progress_WhenALaterRunIsAsked_CountsAllRuns()
    {
        _letters.HoldsAt = customer => customer == 25;
        _letters.Unknown[7] = true;
        return MailingScene.PlayAsync(_letters, new(40, MaxParallel: 1), async (test, mailing) =>
        {
            await _letters.HeldAsync();

            // Of the run that is open, and of the one that began it all and is closed.
            var now = await test.ProgressAsync();
            Assert.Equal((24, 5, 2, "20", false), (now.Done, now.DoneOfPage, now.Pages, now.Cursor, now.IsOver));
            Assert.Equal(new BatchSetAside("mailing/7", "no customer 7", null, 1), Assert.Single(now.SetAside));
            Assert.Equal(MailingScene.Id, now.BatchId);
            var first = await test.Client.GetWorkflowHandle(MailingScene.Id, mailing.FirstExecutionRunId)
                .QueryAsync<BatchProgress>(Batch.ProgressQuery, []);
            Assert.Equal((19, 2, now.StartedAt), (first.Done, first.Pages, first.StartedAt));

            _letters.GoesOn.SetResult();
            Assert.Equal((39, now.StartedAt), await mailing.GetResultAsync() is var result ? (result.Done, result.StartedAt) : default);
        });
    }

    [Fact]
    public Task Batch_WhenItsWorkerDiesWithinAPage_LosesNoItemAndRepeatsOnlyWhatWasUnderWay()
    {
        _letters.HoldsAt = customer => customer == 23;
        return MailingScene.PlayAsync(_letters, new(40), async (test, mailing) =>
        {
            await _letters.HeldAsync();
            await test.StopWorkerAsync();
            _letters.HoldsAt = _ => false;
            await test.StartWorkerAsync();

            Assert.Equal(40, (await mailing.GetResultAsync()).Done);
            Assert.Equal(MailingScene.Keys(40).Order(), _letters.Sent.Keys.Order());

            // Its letter was out, and nobody had heard of it: the key is what tells the other side.
            Assert.Equal(2, _letters.Sent[MailingScene.Key(23)]);
            Assert.All(
                _letters.Sent.Where(sent => sent.Value > 1),
                twice => Assert.Contains(twice.Key, MailingScene.Keys(30).Skip(20)));
            Assert.InRange(_letters.Sent.Values.Sum(), 41, 44);
        });
    }

    [Fact]
    public Task Batch_WhenItEndedWithinAPage_IsContinuedByANewOneWithTheSameKeys()
    {
        _letters.HoldsAt = customer => customer == 23;
        return MailingScene.PlayAsync(_letters, new(40), async (test, mailing) =>
        {
            await _letters.HeldAsync();
            await test.Client.GetWorkflowHandle(MailingScene.Id).TerminateAsync();
            var reached = await test.ProgressAsync();
            Assert.Equal((2, "20"), (reached.Pages, reached.Cursor));
            _letters.GoesOn.SetResult();

            var next = await MailingScene.StartAsync(test, new(40), reached, id: "mailing-again");

            Assert.Equal((40, 4), await next.GetResultAsync() is var result ? (result.Done, result.Pages) : default);
            Assert.Equal(MailingScene.Keys(40).Order(), _letters.Sent.Keys.Order());
            Assert.All(MailingScene.Keys(20), key => Assert.Equal(1, _letters.Sent[key]));
            await Assert.ThrowsAsync<WorkflowFailedException>(() => mailing.GetResultAsync());
        });
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Batch_WhateverHappens_DoesEachItemOrSetsItAside(int seed)
    {
        var random = new Random(seed);
        var plan = new MailingWorkflow.Plan(
            random.Next(0, 80),
            PageSize: random.Next(1, 30),
            PagesPerRun: random.Next(1, 6),
            MaxSetAside: 1_000,
            MaxParallel: random.Next(1, 12),
            RetryRounds: random.Next(0, 3));
        foreach (var customer in Enumerable.Range(0, plan.Customers))
        {
            if (random.Next(10) == 0)
            {
                _letters.Unknown[customer] = true;
            }
            else if (random.Next(10) == 0)
            {
                _letters.Hiccups[customer] = random.Next(1, 4);
            }
        }

        TestContext.Current.SendDiagnosticMessage($"seed {seed}: {plan}");
        await MailingScene.PlayAsync(_letters, plan, async (test, mailing) =>
        {
            var ending = mailing.GetResultAsync();
            for (var deaths = random.Next(1, 3); deaths > 0 && !ending.IsCompleted; deaths--)
            {
                var after = random.Next(0, plan.Customers + 1);
                await test.ProgressAsync(now => now.Done >= after || now.IsRead);
                await test.RestartWorkerAsync();
            }

            var result = await ending;
            Assert.Equal(
                MailingScene.Keys(plan.Customers).Except(_letters.Unknown.Keys.Select(MailingScene.Key)).Order(), _letters.Sent.Keys.Order());
            Assert.Equal(_letters.Unknown.Keys.Select(MailingScene.Key).Order(), result.SetAside.Select(item => item.Key).Order());
            Assert.Equal(plan.Customers, result.Done + result.SetAside.Count);
            Assert.All(result.SetAside, item => Assert.Equal(1 + plan.RetryRounds, item.Tried));
            Assert.Equal(Math.Max(1, (plan.Customers + plan.PageSize - 1) / plan.PageSize), result.Pages);
        });
    }
}
