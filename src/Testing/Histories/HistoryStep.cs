using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Testing.Histories;

/// <summary>A kind of event that an assertion looks for: <c>HistoryStep.Activity("Charge")</c>.</summary>
public sealed class HistoryStep
{
    private readonly string _said;
    private readonly Func<HistoryEvent, bool> _fits;

    private HistoryStep(string said, Func<HistoryEvent, bool> fits)
    {
        _said = said;
        _fits = fits;
    }

    /// <summary>The workflow scheduled an activity of this type. Local activities leave no such event.</summary>
    public static HistoryStep Activity(string type) => new(
        $"activity '{type}' scheduled", e => e.ActivityTaskScheduledEventAttributes?.ActivityType.Name == type);

    /// <summary>The workflow started a timer for this time.</summary>
    public static HistoryStep Timer(TimeSpan duration) => new(
        $"timer started for {HistoryText.Of(duration)}",
        e => e.TimerStartedEventAttributes?.StartToFireTimeout.ToTimeSpan() == duration);

    /// <summary>The workflow received a signal of this name.</summary>
    public static HistoryStep Signal(string name) => new(
        $"signal '{name}' received", e => e.WorkflowExecutionSignaledEventAttributes?.SignalName == name);

    /// <summary>The workflow accepted an update of this name. Rejected ones leave no event.</summary>
    public static HistoryStep Update(string name) => new(
        $"update '{name}' accepted",
        e => e.WorkflowExecutionUpdateAcceptedEventAttributes?.AcceptedRequest?.Input?.Name == name);

    /// <summary>The workflow started a child workflow of this type.</summary>
    public static HistoryStep Child(string type) => new(
        $"child '{type}' started",
        e => e.StartChildWorkflowExecutionInitiatedEventAttributes?.WorkflowType.Name == type);

    /// <summary>Any event of this type.</summary>
    public static HistoryStep Event(EventType type) => new($"{type}", e => e.EventType == type);

    /// <summary>An event that fits a condition.</summary>
    /// <param name="said">How a failure calls it.</param>
    public static HistoryStep Where(string said, Func<HistoryEvent, bool> fits)
    {
        ArgumentNullException.ThrowIfNull(fits);
        return new HistoryStep(said, fits);
    }

    /// <summary>What it looks for, in words.</summary>
    public override string ToString() => _said;

    internal bool Fits(HistoryEvent e) => _fits(e);
}
