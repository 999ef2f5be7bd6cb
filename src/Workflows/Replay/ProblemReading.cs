using System.Diagnostics;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Workflows.Replay;

/// <summary>Makes of what a failed replay left both of its sides: what the history has, and what the code
/// does.</summary>
internal static class ProblemReading
{
    /// <summary>Of code that does something else than what was recorded.</summary>
    public static ReplayProblem Nondeterminism(
        RecordedRun run, string message, IReadOnlyList<IssuedCommand> commands, SourcePlace runMethod)
    {
        var reading = MismatchMessage.Read(message);
        var recorded = FindEvent(run, reading, commands);
        var command = recorded is null
            || reading.Kind is not { } kind ? null : CommandAt(run, recorded, kind, commands);
        return new ReplayProblem(
            ReplayProblemKind.Nondeterminism,
            recorded?.EventId ?? reading.EventId,
            recorded is null ? reading.Expected ?? "(see the message)" : EventText.Describe(recorded),
            Produced(reading, command),
            command?.Place
                ?? (reading.Kind is null && !reading.IsMissingPatch ? LastPlace(commands) : null) ?? runMethod,
            message);
    }

    /// <summary>Of code that threw what fails a workflow task.</summary>
    /// <param name="startedEventId">The event with which that task had started; 0 when it is not known.</param>
    public static ReplayProblem TaskFailure(
        RecordedRun run, string message, Exception? thrown, long startedEventId, SourcePlace runMethod)
    {
        var end = run.History.Events.FirstOrDefault(recorded => EndsTask(recorded, startedEventId));
        return new ReplayProblem(
            ReplayProblemKind.TaskFailure,
            end?.EventId,
            end is null ? "a workflow task that goes on" : EventText.Describe(end),
            thrown is null ? "a workflow task that fails" : $"{thrown.GetType().Name}: {thrown.Message}",
            (thrown is null ? null : CommandTrace.PlaceIn(new StackTrace(thrown, fNeedFileInfo: true))) ?? runMethod,
            message);
    }

    private static bool EndsTask(HistoryEvent recorded, long startedEventId) =>
        recorded.WorkflowTaskCompletedEventAttributes?.StartedEventId == startedEventId
        || recorded.WorkflowTaskFailedEventAttributes?.StartedEventId == startedEventId
        || recorded.WorkflowTaskTimedOutEventAttributes?.StartedEventId == startedEventId;

    private static SourcePlace? LastPlace(IReadOnlyList<IssuedCommand> commands) =>
        commands is [.., var last] ? last.Place : null;

    private static string Produced(MismatchMessage reading, IssuedCommand? command)
    {
        if (reading.IsMissingPatch)
        {
            return $"no call for the patch '{reading.Expected}'";
        }

        return (command, reading.Kind) switch
        {
            ({ } found, _) => EventText.Describe(found.Kind, found.Name),
            (null, { } kind) => EventText.Describe(kind, reading.Produced ?? "?"),
            _ => "nothing: the code waits, or goes on to something else",
        };
    }

    private static HistoryEvent? FindEvent(
        RecordedRun run, MismatchMessage reading, IReadOnlyList<IssuedCommand> commands)
    {
        if (reading.EventId is { } id)
        {
            return run.History.Events.FirstOrDefault(recorded => recorded.EventId == id);
        }

        if (reading.Expected is not { } expected)
        {
            return null;
        }

        // Named only: the first place where this name stands against the other one, counted by kind, or else the first
        // one.
        var kind = reading.Kind ?? CommandKind.Patch;
        var candidates = EventsOf(run, kind).ToList();
        var issued = commands.Where(command => command.Kind == kind).ToList();
        return candidates
            .Where((recorded, at) => IsNamed(recorded, expected)
                && (at >= issued.Count || issued[at].Name == reading.Produced))
            .Concat(candidates.Where(recorded => IsNamed(recorded, expected)))
            .FirstOrDefault();
    }

    private static bool IsNamed(HistoryEvent recorded, string name) =>
        EventText.NameOf(recorded) == name
        || recorded.ActivityTaskScheduledEventAttributes?.ActivityId == name
        || recorded.StartChildWorkflowExecutionInitiatedEventAttributes?.WorkflowId == name;

    /// <summary>The command that the code issues where history has an event: the one after as many of its kind as
    /// history has before that event.</summary>
    private static IssuedCommand? CommandAt(
        RecordedRun run, HistoryEvent recorded, CommandKind kind, IReadOnlyList<IssuedCommand> commands)
    {
        var before = EventsOf(run, kind).Count(other => other.EventId < recorded.EventId);
        return commands.Where(command => command.Kind == kind).Skip(before).FirstOrDefault();
    }

    private static IEnumerable<HistoryEvent> EventsOf(RecordedRun run, CommandKind kind) =>
        run.History.Events.Where(recorded => EventText.KindOf(recorded) == kind);
}
