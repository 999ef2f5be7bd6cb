using System.Collections.Concurrent;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.TaskQueues;
using CsCheck;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Engine.Tests.TaskQueues;

public sealed class MatchingPropertyTests
{
    private static readonly Gen<(int Kind, int Choice)[]> Steps =
        Gen.Select(Gen.Int[0, MatchingModel.StepKinds - 1], Gen.Int[0, 1000]).Array[1, 120];

    [Fact]
    public void Matching_WhateverTheOrderOfSteps_LosesNoTaskAndGivesNoneTwice() => Steps.Sample(
        steps =>
        {
            using var model = new MatchingModel();
            foreach (var (kind, choice) in steps)
            {
                model.Step(kind, choice);
            }

            model.Drain();
        },
        iter: 1_000,
        threads: 1);

    [Fact]
    public async Task Matching_WhenManyThreadsAddAndPoll_GivesEachTaskToOnePoller()
    {
        const int threads = 4;
        const int tasksEach = 5_000;
        using var instruments = new TaskQueueInstruments();
        var matcher = new TaskMatcher(new FakeTimeProvider(), new FakeTimeProvider(), instruments);
        var starter = new CountingStarter(matcher);
        matcher.Connect(starter);
        var fixture = new MatcherFixture();

        var adding = Enumerable.Range(0, threads).Select(thread => Task.Run(() =>
        {
            for (var i = 0; i < tasksEach; i++)
            {
                var task = fixture.Task((thread * tasksEach) + i);
                if (matcher.TryReserve(task, out var poller))
                {
                    starter.Start(task, poller);
                }
                else
                {
                    matcher.Add(task);
                }
            }
        }));
        var polling = Enumerable.Range(0, threads).Select(_ => Task.Run(() =>
        {
            while (starter.Given.Count < threads * tasksEach)
            {
                PollOnce(matcher);
            }
        }));
        await Task.WhenAll([.. adding, .. polling]);

        matcher.EndAllPolls();
        Assert.All(starter.Given.Values, times => Assert.Equal(1, times));
        Assert.Equal(starter.Opened, starter.Ended);
        fixture.Dispose();

        void PollOnce(TaskMatcher matcher)
        {
            starter.CountOpened();
            var poller = new Poller(MatcherFixture.Queue(), "me", "", _ => starter.CountEnded());
            matcher.Poll(poller);
            if (poller.GetHashCode() % 2 == 0)
            {
                matcher.Cancel(poller);
            }
        }
    }

    /// <summary>Finds every third task stale, so that its poller is returned.</summary>
    private sealed class CountingStarter(TaskMatcher matcher) : ITaskStarter
    {
        private int _opened;
        private int _ended;

        public ConcurrentDictionary<long, int> Given { get; } = new();

        public int Opened => _opened;

        public int Ended => _ended;

        public void CountOpened() => Interlocked.Increment(ref _opened);

        public void CountEnded() => Interlocked.Increment(ref _ended);

        public void Start(in TaskReference task, Poller poller)
        {
            Given.AddOrUpdate(task.ScheduledEventId, 1, (_, times) => times + 1);
            if (task.ScheduledEventId % 3 == 0)
            {
                matcher.Return(poller);
            }
            else
            {
                poller.Complete(new Outcome("task", null));
            }
        }
    }
}
