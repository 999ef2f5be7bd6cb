using Temporalio.Api.Enums.V1;
using Temporalio.Common;
using Xunit;

namespace AugmentedOS.Testing.Histories;

/// <summary>Assertions on what a workflow did. Each failure prints the history.</summary>
/// <remarks>Begin with <see cref="WorkflowHistories.Should"/>: <c>(await order.FetchHistoryAsync()).Should()
/// .HaveScheduled("Charge", times: 3).HaveEndedWith(EventType.WorkflowExecutionCompleted)</c>. All throw what xunit's
/// own assertions throw.</remarks>
public sealed class HistoryAssertions
{
    internal HistoryAssertions(WorkflowHistory history) => History = history;

    /// <summary>What is looked at.</summary>
    public WorkflowHistory History { get; }

    /// <summary>The workflow scheduled this activity; retries are attempts of one.</summary>
    /// <param name="times">How often exactly; at least once when left out.</param>
    public HistoryAssertions HaveScheduled(string activity, int? times = null) =>
        Have(HistoryStep.Activity(activity), times);

    /// <summary>The workflow started a timer for this time, as a delay or a condition with a timeout.</summary>
    /// <param name="times">How often exactly; at least once when left out.</param>
    public HistoryAssertions HaveStartedTimer(TimeSpan duration, int? times = null) =>
        Have(HistoryStep.Timer(duration), times);

    /// <summary>The workflow received this signal.</summary>
    /// <param name="times">How often exactly; at least once when left out.</param>
    public HistoryAssertions HaveReceivedSignal(string name, int? times = null) =>
        Have(HistoryStep.Signal(name), times);

    /// <summary>The workflow accepted this update.</summary>
    /// <param name="times">How often exactly; at least once when left out.</param>
    public HistoryAssertions HaveAcceptedUpdate(string name, int? times = null) =>
        Have(HistoryStep.Update(name), times);

    /// <summary>The workflow started a child of this type.</summary>
    /// <param name="times">How often exactly; at least once when left out.</param>
    public HistoryAssertions HaveStartedChild(string workflowType, int? times = null) =>
        Have(HistoryStep.Child(workflowType), times);

    /// <summary>There is such an event.</summary>
    /// <param name="times">How often exactly; at least once when left out.</param>
    public HistoryAssertions Have(HistoryStep step, int? times = null)
    {
        ArgumentNullException.ThrowIfNull(step);
        var found = History.Events.Count(step.Fits);
        if (times is { } expected ? found != expected : found == 0)
        {
            Fail($"Expected {step} {(times is null ? "" : $"{Times(times.Value)} ")}but found it {Times(found)}.");
        }

        return this;
    }

    /// <summary>There is no such event.</summary>
    public HistoryAssertions HaveNo(HistoryStep step) => Have(step, times: 0);

    /// <summary>These events are there in this order; others may lie between them.</summary>
    public HistoryAssertions HaveInOrder(params IReadOnlyList<HistoryStep> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var next = 0;
        foreach (var e in History.Events)
        {
            if (next < steps.Count && steps[next].Fits(e))
            {
                next++;
            }
        }

        if (next < steps.Count)
        {
            var order = string.Join(", then ", steps);
            var last = next == 0 ? "" : $" after {steps[next - 1]}";
            Fail($"Expected in this order: {order}. There is no {steps[next]}{last}.");
        }

        return this;
    }

    /// <summary>The run's last event is of this type, such as
    /// <see cref="EventType.WorkflowExecutionCompleted"/>.</summary>
    public HistoryAssertions HaveEndedWith(EventType type)
    {
        var last = History.Events.Last();
        if (last.EventType != type)
        {
            Fail($"Expected the run to have ended with {type}, but its last event is {last.EventType}.");
        }

        return this;
    }

    private static string Times(int times) => times switch
    {
        0 => "not at all",
        1 => "once",
        _ => $"{times} times",
    };

    private void Fail(string message) => Assert.Fail($"{message}\n{HistoryText.Of(History)}");
}
