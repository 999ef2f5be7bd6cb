using System.Globalization;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Common;

namespace AugmentedOS.Testing.Histories;

/// <summary>A history as a developer reads it: a line for each event that says something.</summary>
internal static class HistoryText
{
    private static readonly HashSet<EventType> Routine =
        [EventType.WorkflowTaskScheduled, EventType.WorkflowTaskStarted, EventType.WorkflowTaskCompleted];

    /// <summary>Workflow tasks that went well are left out.</summary>
    public static string Of(WorkflowHistory history)
    {
        var lines = history.Events.Where(e => !Routine.Contains(e.EventType)).Select(e => $"  {Line(e, history)}");
        return $"History of '{history.Id}', {history.Events.Count} events:\n{string.Join('\n', lines)}";
    }

    /// <summary>Id, time since the start, kind, and what it says.</summary>
    public static string Line(HistoryEvent e, WorkflowHistory history)
    {
        var since = Ago(history.Events.First(), e);
        return string.Create(
            CultureInfo.InvariantCulture, $"{e.EventId,4} {since,12}  {e.EventType,-34} {EventText.Of(e)}").TrimEnd();
    }

    /// <summary>Time as a reader says it: <c>2d 3h</c>, <c>1.5s</c>.</summary>
    public static string Of(TimeSpan time)
    {
        if (time == TimeSpan.Zero)
        {
            return "0s";
        }

        string[] parts =
        [
            time.Days == 0 ? "" : $"{time.Days}d",
            time.Hours == 0 ? "" : $"{time.Hours}h",
            time.Minutes == 0 ? "" : $"{time.Minutes}m",
            SecondsOf(time),
        ];
        return string.Join(' ', parts.Where(part => part.Length > 0));
    }

    private static string SecondsOf(TimeSpan time)
    {
        var seconds = time.Seconds + (time.Milliseconds / 1000d);
        return seconds == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.###}s");
    }

    private static string Ago(HistoryEvent first, HistoryEvent e)
    {
        var since = e.EventTime.ToDateTimeOffset() - first.EventTime.ToDateTimeOffset();
        return since < TimeSpan.FromMilliseconds(1) ? "+0s" : $"+{Of(since)}";
    }
}
