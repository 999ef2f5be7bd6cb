using System.Text;
using Temporalio.Api.History.V1;
using Xunit.Sdk;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>What a failed test prints.</summary>
internal sealed partial class Scenario
{
    private FailException Failure(string message)
    {
        var text = new StringBuilder(message).AppendLine().AppendLine().AppendLine("History:");
        foreach (var happened in _history)
        {
            text.AppendLine(Line(happened));
        }

        foreach (var waiting in _live?.State.Buffered ?? [])
        {
            text.AppendLine($"  (buffered){Line(waiting)}");
        }

        text.AppendLine($"Last input: {_input} at {_now - Start}");
        if (_decision is { } decision)
        {
            text.AppendLine($"Facts: {string.Join("\n       ", FactsDecided)}");
            text.AppendLine($"Reply: {decision.Reply}").AppendLine($"Refusal: {decision.Rejection}");
        }

        if (_live is { } live)
        {
            text.AppendLine($"Task: {live.State.Task}").AppendLine($"Next deadline: {live.State.NextDeadline}");
            text.AppendLine($"Activities: {string.Join("\n  ", live.State.Activities.Values)}");
            text.AppendLine($"Held back: {string.Join("\n  ", live.Held)}");
            text.AppendLine($"Updates in flight: {string.Join("\n  ", live.Updates)}");
        }

        return FailException.ForFailure(text.ToString());
    }

    private static string Line(HistoryEvent happened) =>
        $"  {happened.EventId,3} +{Instant.From(happened.EventTime) - Start} {happened.EventType} {Events.AttributesOf(happened)}";
}
