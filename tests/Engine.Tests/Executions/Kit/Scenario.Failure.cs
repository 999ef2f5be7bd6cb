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

        foreach (var waiting in _state?.Buffered ?? [])
        {
            text.AppendLine($"  (buffered){Line(waiting)}");
        }

        text.AppendLine($"Last input: {_input} at {_now - Start}");
        if (_decision is { } decision)
        {
            text.AppendLine($"Facts: {string.Join("\n       ", FactsDecided)}");
            text.AppendLine($"Reply: {decision.Reply}").AppendLine($"Refusal: {decision.Rejection}");
        }

        if (_state is not null)
        {
            text.AppendLine($"Task: {_state.Task}").AppendLine($"Next deadline: {_state.NextDeadline}");
            text.AppendLine($"Activities: {string.Join("\n  ", _state.Activities.Values)}");
        }

        return FailException.ForFailure(text.ToString());
    }

    private static string Line(HistoryEvent happened) =>
        $"  {happened.EventId,3} +{Instant.From(happened.EventTime) - Start} {happened.EventType} {Events.AttributesOf(happened)}";
}
