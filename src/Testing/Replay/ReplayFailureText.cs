using System.Globalization;
using System.Text.RegularExpressions;
using AugmentedOS.Testing.Histories;
using AugmentedOS.Testing.Workers;
using Temporalio.Common;

namespace AugmentedOS.Testing.Replay;

/// <summary>What a developer reads when a history does not replay.</summary>
internal static partial class ReplayFailureText
{
    public static string Of(WorkflowRun run, WorkflowHistory history, Exception failure)
    {
        var at = EventIn(failure.Message) is { } id
            ? history.Events.FirstOrDefault(e => e.EventId == id)
            : null;
        var where = at is null ? "" : $"\n  history says: {HistoryText.Line(at, history)}";
        return $"""
            {run.WorkflowType} '{run.WorkflowId}' does not replay: from its own history, the code does something else than it did when it ran.{where}
              the code now: {failure.Message}
            Workflow code has to do the same each time: no clock, random number, id, dictionary order, static state or I/O of its own.
            Use Workflow.UtcNow, Workflow.Random, Workflow.NewGuid(), and activities for the rest.
            {HistoryText.Of(history)}
            """;
    }

    private static long? EventIn(string message) =>
        EventId().Match(message) is { Success: true } match
            ? long.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture)
            : null;

    [GeneratedRegex(@"HistoryEvent\(id: (\d+)")]
    private static partial Regex EventId();
}
