using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Deliveries;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Runtime;

public sealed class CourierTests : IExecutions, IDisposable
{
    private readonly FakeTimeProvider _time = new();
    private readonly List<Input> _submitted = [];
    private readonly Queue<Outcome> _outcomes = [];
    private readonly Courier _courier;

    public CourierTests() => _courier = new Courier(this, _time);

    private static Outcome Done { get; } = new(Engine.Executions.Inputs.Done.Instance, null);

    private static Outcome Unavailable { get; } = new(null, Rejection.Unavailable("reloading"));

    private static Outcome Overloaded { get; } = new(
        null, Rejection.ResourceExhausted(ResourceExhaustedCause.SystemOverloaded, "too much"));

    [Fact]
    public void Send_WhenItArrives_ReportsTheOutcome()
    {
        Answer(Done, Done);

        _courier.Send(new Probe());

        Assert.Equal(["told", "reported: True"], Texts());
    }

    [Fact]
    public void Send_WhenItIsRefused_ReportsThatAndDoesNotTryAgain()
    {
        Answer(new Outcome(null, Rejection.NotFound("nobody")), Done);

        _courier.Send(new Probe());
        _time.Advance(1.Hours());

        Assert.Equal(["told", "reported: False"], Texts());
    }

    [Fact]
    public void Send_WhenTheTargetCannotTakeItNow_AsksTheSourceAndTriesAgainWithGrowingPauses()
    {
        Answer(Unavailable, Still(true), Overloaded, Still(true), Done, Done);

        _courier.Send(new Probe());
        Assert.Equal(["told"], Texts());
        _time.Advance(50.Milliseconds());
        Assert.Equal(["told", "asked", "told"], Texts());
        _time.Advance(99.Milliseconds());
        Assert.Equal(3, _submitted.Count);
        _time.Advance(1.Milliseconds());

        Assert.Equal(["told", "asked", "told", "asked", "told", "reported: True"], Texts());
    }

    [Fact]
    public void Send_WhenTheSourceDoesNotMeanItAnyMore_GivesUp()
    {
        Answer(Unavailable, Still(false));

        _courier.Send(new Probe());
        _time.Advance(1.Hours());

        Assert.Equal(["told", "asked"], Texts());
    }

    [Fact]
    public void Send_WhenTheSourceIsGone_GivesUp()
    {
        Answer(Unavailable, new Outcome(null, Rejection.WorkflowNotFound(Scenario.Key.Workflow)));

        _courier.Send(new Probe());
        _time.Advance(1.Hours());

        Assert.Equal(["told", "asked"], Texts());
    }

    [Fact]
    public void Send_WhenTheReportCannotBeTakenNow_ReportsLaterWithoutTellingAgain()
    {
        Answer(Done, Unavailable, Overloaded, Done);

        _courier.Send(new Probe());
        _time.Advance(1.Minutes());
        _time.Advance(1.Minutes());

        Assert.Equal(["told", "reported: True", "reported: True", "reported: True"], Texts());
    }

    [Fact]
    public void Send_WhenTheTargetIsAwayForLong_NeverPausesLongerThanTenSeconds()
    {
        Answer([.. Enumerable.Range(0, 30).SelectMany(_ => new[] { Unavailable, Still(true) }), Done, Done]);

        _courier.Send(new Probe());
        for (var second = 0; second < 300; second++)
        {
            _time.Advance(1.Seconds());
        }

        Assert.Equal("reported: True", Texts()[^1]);
    }

    [Fact]
    public void Dispose_WhenSomethingIsPutOff_SendsNothingMore()
    {
        Answer(Unavailable);
        _courier.Send(new Probe());

        _courier.Dispose();
        _time.Advance(1.Hours());
        _courier.Send(new Probe());

        Assert.Equal(["told"], Texts());
    }

    void IExecutions.Submit(Input input, Action<Outcome> settled)
    {
        _submitted.Add(input);
        settled(_outcomes.Dequeue());
    }

    public void Dispose() => _courier.Dispose();

    private void Answer(params Outcome[] outcomes) => Array.ForEach(outcomes, _outcomes.Enqueue);

    private static Outcome Still(bool isDue) => new(isDue, null);

    private List<string> Texts() => _submitted.ConvertAll(input => input switch
    {
        Note note => note.Text,
        Inspect => "asked",
        _ => input.ToString(),
    });

    private sealed record Note(string Text) : Input(Scenario.Key.Workflow, null)
    {
        public override Decision Decide(RunState? state, DecisionContext context) =>
            throw new NotSupportedException("Nobody decides here.");
    }

    private sealed record Probe() : Delivery(Scenario.Key, 5)
    {
        public override bool IsDue(RunState source) => true;

        public override Input ToInput() => new Note("told");

        public override Input OnOutcome(Outcome outcome) => new Note($"reported: {!outcome.IsRejected}");
    }
}
