using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Inputs;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>One thing that happened before the input under test: an event, a fact, or a real input.</summary>
/// <param name="Apply">Leads the scenario on.</param>
internal sealed record Step(Action<Scenario> Apply)
{
    /// <summary>An event enters history. What it leaves out of its id, time and references is filled in.</summary>
    public static implicit operator Step(HistoryEvent happened) => new(scenario => scenario.Record(happened));

    public static implicit operator Step(Fact fact) => new(scenario => scenario.Emit(fact));

    public static implicit operator Step(Input input) => new(scenario => scenario.When(input).AndNotRejected());

    /// <summary>An input that is made from the state it meets, such as a worker's answer to the task it holds.</summary>
    public static implicit operator Step(Func<RunState, Input> make) =>
        new(scenario => scenario.When(make).AndNotRejected());

    /// <summary>The same, where a conversion is not found by itself.</summary>
    public static Step From(Func<RunState, Input> make) => make;

    /// <summary>Something done to a draft directly.</summary>
    public static Step Do(Action<Draft> work) => new(scenario => scenario.WhenDrafted(work).AndNotRejected());

    /// <summary>Time goes by.</summary>
    public static Step Wait(TimeSpan span) => new(scenario => scenario.Wait(span));

    /// <summary>Everything that is due by then happens: retries, timeouts, timers.</summary>
    public static Step Elapse(TimeSpan span) => new(scenario => scenario.WhenElapsed(span));
}
