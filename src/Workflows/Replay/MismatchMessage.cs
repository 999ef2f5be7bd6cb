using System.Globalization;
using System.Text.RegularExpressions;

namespace AugmentedOS.Workflows.Replay;

/// <summary>What an SDK's words about a non-determinism say. They are written for people and differ from version to
/// version: what cannot be read stays null, and the words themselves are always shown.</summary>
/// <param name="EventId">The event of the history.</param>
/// <param name="Kind">What the code did there; null for nothing.</param>
/// <param name="Expected">The name or id that the history has.</param>
/// <param name="Produced">The name or id that the code has.</param>
internal sealed partial record MismatchMessage(long? EventId, CommandKind? Kind, string? Expected, string? Produced)
{
    private static readonly (string Start, CommandKind Kind)[] Machines =
    [
        ("Local activity", CommandKind.LocalActivity),
        ("Activity", CommandKind.Activity),
        ("Timer", CommandKind.Timer),
        ("Child workflow", CommandKind.ChildWorkflow),
        ("Cancel external", CommandKind.CancelExternal),
        ("Signal external", CommandKind.SignalExternal),
        ("Nexus operation", CommandKind.NexusOperation),
        ("Complete workflow", CommandKind.Complete),
        ("Fail workflow", CommandKind.Fail),
        ("Continue as new", CommandKind.ContinueAsNew),
        ("Cancel workflow", CommandKind.Cancel),
        ("Change", CommandKind.Patch),
        ("UpsertWorkflow", CommandKind.UpsertSearchAttributes),
        ("ModifyWorkflowProperties", CommandKind.UpsertMemo),
        ("Update", CommandKind.Update),
    ];

    /// <summary>Whether no call of the code goes with a patch's marker; then <see cref="Expected"/> is the
    /// patch.</summary>
    public bool IsMissingPatch { get; private init; }

    public static MismatchMessage Read(string text)
    {
        var id = EventPattern().Match(text) is { Success: true } found
            ? long.Parse(found.Groups["id"].Value, CultureInfo.InvariantCulture)
            : (long?)null;
        if (MarkerPattern().Match(text) is { Success: true } marker)
        {
            return new MismatchMessage(id, null, marker.Groups["patch"].Value, null) { IsMissingPatch = true };
        }

        if (ChangePattern().Match(text) is { Success: true } change)
        {
            return new MismatchMessage(
                id, CommandKind.Patch, change.Groups["expected"].Value, change.Groups["produced"].Value);
        }

        if (NamesPattern().Match(text) is { Success: true } names)
        {
            return new MismatchMessage(
                id,
                names.Groups["source"].Value == "recorded marker"
                    ? CommandKind.LocalActivity
                    : KindIn(names.Groups["what"].Value),
                names.Groups["expected"].Value,
                names.Groups["produced"].Value);
        }

        return new MismatchMessage(id, MachinePattern().Match(text) is { Success: true } machine
            ? KindIn(machine.Groups["machine"].Value)
            : null, null, null);
    }

    private static CommandKind? KindIn(string text) =>
        Machines.Where(machine => text.StartsWith(machine.Start, StringComparison.OrdinalIgnoreCase))
            .Select(machine => (CommandKind?)machine.Kind)
            .FirstOrDefault();

    // HistoryEvent(id: 5, TimerStarted) in most places, the whole event in some.
    [GeneratedRegex(@"HistoryEvent\(id: (?<id>\d+)|event_id: (?<id>\d+)")]
    private static partial Regex EventPattern();

    [GeneratedRegex(@"Nondeterminism error: (?<machine>[\w ]+?)( machine)? (does not|cannot) handle")]
    private static partial Regex MachinePattern();

    [GeneratedRegex(
        @"(?<what>Activity|Child workflow) (id|type) of (?<source>scheduled event|recorded marker) '(?<expected>.*?)' "
        + "does not match .*?command '(?<produced>.*?)'")]
    private static partial Regex NamesPattern();

    [GeneratedRegex("patch marker encountered for change (?<patch>.+?), but there is no")]
    private static partial Regex MarkerPattern();

    [GeneratedRegex("Change id (?<expected>.+?) does not match expected id (?<produced>.+)")]
    private static partial Regex ChangePattern();
}
