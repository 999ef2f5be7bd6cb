using AugmentedOS.Workflows.Debouncing;
using AugmentedOS.Workflows.Digests;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Workflows.Tests.Digests;

public sealed class DigestTests
{
    private static readonly DigestSchedule EveryMorning = new(new(7, 30), "Europe/Vienna");

    private readonly Postman _postman = new();

    [Fact]
    public Task Digest_WhenManyMessagesCame_IsSentOnceAtItsTime() => PlayAsync(async scene =>
    {
        await SendAsync(scene, 1, 2, 3);
        await EndAsync(scene);

        var sent = Assert.Single(_postman.Sent);
        Assert.Equal([1, 2, 3], sent.Items);
        var local = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(
            DateTime.SpecifyKind(sent.To, DateTimeKind.Utc), "Europe/Vienna");
        Assert.Equal((7, 30), (local.Hour, local.Minute));
    });

    [Fact]
    public Task Digest_WhenNothingCameSince_IsNotSentAgain() => PlayAsync(async scene =>
    {
        await SendAsync(scene, 1);
        await EndAsync(scene);
        await scene.Environment.DelayAsync(TimeSpan.FromDays(5));

        Assert.Single(_postman.Sent);
    });

    [Fact]
    public Task Digest_WhenMessagesComeOnTwoDays_IsSentOnEach() => PlayAsync(async scene =>
    {
        await SendAsync(scene, 1);
        await EndAsync(scene);
        await SendAsync(scene, 2);
        await EndAsync(scene);

        Assert.Equal([[1], [2]], _postman.Sent.Select(sent => sent.Items));
        Assert.InRange((_postman.Sent[1].To - _postman.Sent[0].To).TotalHours, 22.9, 25.1);
    });

    [Fact]
    public Task Digest_WhenThereAreTooManyMessages_CountsTheRest() => PlayAsync(async scene =>
    {
        await SendAsync(scene, 1, 2, 3, 4, 5, 6);
        await EndAsync(scene);

        var sent = Assert.Single(_postman.Sent);
        Assert.Equal([1, 2, 3, 4], sent.Items);
        Assert.Equal(2, sent.Omitted);
    });

    [Fact]
    public Task Digest_WhenSendingFails_IsSentAgainWithTheSameMessages() => PlayAsync(async scene =>
    {
        _postman.Failures = 3;
        await SendAsync(scene, 1, 2);
        await EndAsync(scene);

        Assert.Equal([1, 2], Assert.Single(_postman.Sent).Items);
    });

    [Fact]
    public Task Digest_WhenItContinuesAsNew_KeepsWhatItHas() => PlayAsync(
        async scene =>
        {
            await SendAsync(scene, 1);
            var first = (await scene.Client.GetWorkflowHandle("aos.digest/key").DescribeAsync()).RunId;
            await scene.Environment.DelayAsync(TimeSpan.FromSeconds(1));
            for (var i = 2; i <= 4; i++)
            {
                await SendAsync(scene, i);
                await scene.Environment.DelayAsync(TimeSpan.FromSeconds(1));
            }

            await EndAsync(scene);

            Assert.Equal([1, 2, 3, 4], Assert.Single(_postman.Sent).Items);
            var history = await scene.Client.GetWorkflowHandle("aos.digest/key", first).FetchHistoryAsync();
            Assert.Equal(EventType.WorkflowExecutionContinuedAsNew, history.Events.Last().EventType);
        },
        ("SuggestContinueAsNewAfterEvents", "8"));

    [Theory]
    [InlineData("2026-03-28T12:00:00Z",
        "2026-03-29T01:00:00Z")] // 02:30 is left out: it is 03:00 when clocks have moved
    [InlineData("2026-10-24T12:00:00Z", "2026-10-25T00:30:00Z")] // 02:30 comes twice: the first
    [InlineData("2026-07-01T00:30:00Z", "2026-07-02T00:30:00Z")] // that very moment is not after it
    public void Schedule_WhenClocksMove_IsOnceADay(string after, string next) => Assert.Equal(
        Utc(next), new DigestSchedule(new(2, 30), "Europe/Vienna").Next(Utc(after)));

    [Fact]
    public void Schedule_WhenItHasDays_SkipsTheOthers() => Assert.Equal(
        Utc("2026-11-30T09:00:00Z"),
        new DigestSchedule(new(9, 0), Days: [DayOfWeek.Monday]).Next(Utc("2026-11-24T12:00:00Z")));

    [Fact]
    public Task Digest_WhenTheTimeZoneIsUnknown_IsRefusedAtOnce() => PlayAsync(async scene => Assert.Contains(
        "knows no time zone \"Vienna\"",
        (await Assert.ThrowsAsync<ArgumentException>(() => scene.Client.DigestAsync(
            "key", 1, EveryMorning with { TimeZone = "Vienna" }, Target(scene)))).Message,
        StringComparison.Ordinal));

    private Task PlayAsync(Func<Scene, Task> act, params (string Name, string Value)[] settings) =>
        Scene.PlayAsync(worker => worker.AddDigests().AddAllActivities(_postman), act, settings);

    private static async Task SendAsync(Scene scene, params int[] items)
    {
        foreach (var item in items)
        {
            await scene.Client.DigestAsync("key", item, EveryMorning, Target(scene), maxItems: 4);
        }
    }

    private static Task EndAsync(Scene scene) => scene.Client.GetWorkflowHandle("aos.digest/key").GetResultAsync();

    private static ActionTarget Target(Scene scene) =>
        new(nameof(Postman.Send), scene.TaskQueue, TimeSpan.FromMinutes(1));

    private static DateTime Utc(string time) => DateTimeOffset.Parse(time, null).UtcDateTime;
}

/// <summary>Keeps what was sent.</summary>
public sealed class Postman
{
    private readonly List<Digest<int>> _sent = [];

    public int Failures { get; set; }

    public IReadOnlyList<Digest<int>> Sent => _sent;

    [Activity]
    public void Send(Digest<int> digest)
    {
        if (Failures-- > 0)
        {
            throw new InvalidOperationException("no mail server");
        }

        _sent.Add(digest);
    }
}
