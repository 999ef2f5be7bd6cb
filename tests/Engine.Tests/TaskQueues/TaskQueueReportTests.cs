using AugmentedOS.Engine.TaskQueues;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.TaskQueues;

public sealed class TaskQueueReportTests : IDisposable
{
    private readonly MatcherFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void Describe_WhenTheQueueWasNeverUsed_IsEmpty()
    {
        var described = Describe(TaskQueueType.Unspecified);

        Assert.Empty(described.Pollers);
        Assert.Equal(0, described.Stats.ApproximateBacklogCount);
        Assert.Equal(0, _fixture.Matcher.QueueCount);
    }

    [Fact]
    public void Describe_ListsWhoPolledInTheLastFiveMinutes()
    {
        var queue = MatcherFixture.Queue(TaskQueueType.Activity);
        _fixture.Poll(queue, "early");
        _fixture.Time.Advance(TimeSpan.FromMinutes(3));
        _fixture.Poll(queue, "late", rate: 7);
        _fixture.Poll(queue, "late");

        var pollers = Describe(TaskQueueType.Activity).Pollers;

        Assert.Equal(["late", "early"], pollers.Select(poller => poller.Identity));
        Assert.Equal([7.0, 100_000.0], pollers.Select(poller => poller.RatePerSecond));
        Assert.Equal(_fixture.Time.GetUtcNow(), pollers[0].LastAccessTime.ToDateTimeOffset());
        _fixture.Time.Advance(TimeSpan.FromMinutes(2.5));
        Assert.Equal(["late"], Describe(TaskQueueType.Activity).Pollers.Select(poller => poller.Identity));
    }

    [Fact]
    public void Describe_WhenTasksWait_CountsThemAndTheirAge()
    {
        _fixture.Matcher.Add(_fixture.Task(1));
        _fixture.Time.Advance(TimeSpan.FromSeconds(10));
        _fixture.Matcher.Add(_fixture.Task(2, priority: 1));
        _fixture.Time.Advance(TimeSpan.FromSeconds(5));

        var described = Describe(TaskQueueType.Workflow);

        Assert.Equal(2, described.Stats.ApproximateBacklogCount);
        Assert.Equal(5, described.Stats.ApproximateBacklogAge.Seconds);
        Assert.Equal([(1, 1L), (3, 1L)], described.StatsByPriorityKey.Select(p => (p.Key, p.Value.ApproximateBacklogCount)));
        Assert.Equal(15, described.StatsByPriorityKey[3].ApproximateBacklogAge.Seconds);
    }

    [Fact]
    public void Describe_ReportsRatesOfTheLastHalfMinute()
    {
        _fixture.Time.Advance(TimeSpan.FromMinutes(1));
        _fixture.Poll();
        _fixture.Matcher.Add(_fixture.Task(1));
        for (var id = 2; id <= 60; id++)
        {
            _fixture.Matcher.Add(_fixture.Task(id));
        }

        _fixture.Time.Advance(TimeSpan.FromSeconds(29));
        var stats = Describe(TaskQueueType.Workflow).Stats;
        Assert.InRange(stats.TasksAddRate, 60f / 30, 60f / 29);
        Assert.InRange(stats.TasksDispatchRate, 1f / 30, 1f / 29);
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(0, Describe(TaskQueueType.Workflow).Stats.TasksAddRate);
    }

    [Fact]
    public void Describe_WhenARateLimitHoldsTasksBack_SaysSo()
    {
        _fixture.Poll(MatcherFixture.Queue(TaskQueueType.Activity), rate: 0);
        _fixture.Matcher.Add(_fixture.Task(1, MatcherFixture.Queue(TaskQueueType.Activity)));

        var described = Describe(TaskQueueType.Activity);

        Assert.True(described.Stats.RateLimitingActive);
        Assert.Equal(RateLimitSource.Worker, described.EffectiveRateLimit.RateLimitSource);
        Assert.Equal(0, described.EffectiveRateLimit.RequestsPerSecond);
    }

    [Fact]
    public void AdviseOn_WhenThePollWaitedLongForItsTask_IsOneLess()
    {
        var poll = _fixture.Poll();
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));
        _fixture.Matcher.Add(_fixture.Task(1));

        Assert.Equal(-1, Advice(poll));
    }

    [Fact]
    public void AdviseOn_WhenOldTasksWait_IsOneMore()
    {
        AddTwoAndWait(TimeSpan.FromMilliseconds(201));

        Assert.Equal(1, Advice(_fixture.Poll()));
    }

    [Fact]
    public void AdviseOn_WhenTasksComeFasterThanTheyGo_IsOneMore()
    {
        AddTwoAndWait(TimeSpan.Zero);

        Assert.Equal(1, Advice(_fixture.Poll()));
    }

    [Fact]
    public void AdviseOn_WhenTheQueueKeepsUp_IsNone()
    {
        var poll = _fixture.Poll();
        _fixture.Matcher.Add(_fixture.Task(1));

        Assert.Null(Advice(poll));
    }

    [Fact]
    public void AdviseOn_WhenARateLimitHoldsTasksBack_IsNone()
    {
        var queue = MatcherFixture.Queue(TaskQueueType.Activity);
        _fixture.Matcher.Add(_fixture.Task(1, queue));
        _fixture.Matcher.Add(_fixture.Task(2, queue));
        _fixture.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Null(Advice(_fixture.Poll(queue, rate: 1)));
    }

    [Fact]
    public void AdviseOn_WhenAskedTooOften_StopsAtTenASecond()
    {
        AddTwoAndWait(TimeSpan.FromSeconds(1));
        var poll = _fixture.Poll();

        var advices = Enumerable.Range(0, 20).Select(_ => Advice(poll)).ToList();

        Assert.Equal(10, advices.Count(advice => advice == 1));
        _fixture.Time.Advance(TimeSpan.FromSeconds(0.1));
        Assert.Equal(1, Advice(poll));
        Assert.Null(Advice(poll));
    }

    private void AddTwoAndWait(TimeSpan wait)
    {
        _fixture.Matcher.Add(_fixture.Task(1));
        _fixture.Matcher.Add(_fixture.Task(2));
        _fixture.Time.Advance(wait);
    }

    private int? Advice(Poll poll) => _fixture.Matcher.AdviseOn(poll.Poller)?.PollRequestDeltaSuggestion;

    private DescribeTaskQueueResponse Describe(TaskQueueType type)
    {
        var request = new DescribeTaskQueueRequest
        {
            TaskQueue = new TaskQueue { Name = MatcherFixture.Queue().Name },
            TaskQueueType = type,
            ReportStats = true,
            ReportConfig = true,
        };
        var (reply, rejection) = TaskQueueDescriptions.Describe(
            _fixture.Matcher, _ => null, MatcherFixture.Namespace, request);
        Assert.Null(rejection);
        return reply!;
    }
}
