using AugmentedOS.Workflows.Errors;

namespace AugmentedOS.Workflows.Approvals;

/// <summary>Who decides, and what happens when nobody does.</summary>
public sealed record ApprovalOptions
{
    /// <summary>Who may decide, each once: names as the application knows its users. At least one.</summary>
    public required IReadOnlyList<string> Deciders { get; init; }

    /// <summary>How many have to approve, from 1 to the number of deciders; the default is 1: the first decision
    /// wins.</summary>
    public int Quorum { get; init; } = 1;

    /// <summary>How many rejections reject it, 1 or more; the default is 1. It is rejected, too, when too few are left
    /// to approve.</summary>
    public int Rejections { get; init; } = 1;

    /// <summary>Whether somebody has to claim it before deciding; for a quorum of one only, as a claim keeps the others
    /// out.</summary>
    public bool NeedsClaim { get; init; }

    /// <summary>How long between reminders to those who have not decided; null for none.</summary>
    public TimeSpan? RemindEvery { get; init; }

    /// <summary>How many reminders there are at most, 1 or more; null for one every <see cref="RemindEvery"/> until it
    /// ends.</summary>
    public int? MaxReminders { get; init; }

    /// <summary>After how long <see cref="EscalateTo"/> may decide as well, and a claim is released; null for
    /// never.</summary>
    public TimeSpan? EscalateAfter { get; init; }

    /// <summary>Who may decide as well after <see cref="EscalateAfter"/>.</summary>
    public IReadOnlyList<string> EscalateTo { get; init; } = [];

    /// <summary>After how long it ends without a decision, with <see cref="AtDeadline"/>; null for never.</summary>
    public TimeSpan? Deadline { get; init; }

    /// <summary>How it ends at the deadline; the default is <see cref="ApprovalOutcome.Expired"/>.</summary>
    public ApprovalOutcome AtDeadline { get; init; } = ApprovalOutcome.Expired;

    /// <summary>Refuses what cannot be decided. Deciders often come from data, so that it fails the workflow, not its
    /// task.</summary>
    internal void Check(string name)
    {
        Require(Deciders is { Count: > 0 }, $"The approval '{name}' has no deciders, so that nobody could decide. "
            + "Name at least one in ApprovalOptions.Deciders.");
        Require(
            Deciders.All(decider => !string.IsNullOrWhiteSpace(decider)),
            $"A decider of the approval '{name}' has no name.");
        Require(
            Deciders.Distinct(StringComparer.Ordinal).Count() == Deciders.Count,
            $"The approval '{name}' names a decider twice; "
            + "each has one decision.");
        Require(
            Quorum >= 1 && Quorum <= Deciders.Count,
            $"The approval '{name}' needs {Quorum} approvals and has {Deciders.Count} "
            + "deciders: choose a quorum from 1 to the number of deciders.");
        Require(Rejections >= 1, $"The approval '{name}' is rejected by {Rejections} rejections: choose 1 or more.");
        Require(
            !NeedsClaim || Quorum == 1,
            $"The approval '{name}' needs a claim and {Quorum} approvals, but a claim keeps all others "
            + "out. Choose one of the two.");
        Require(
            EscalateAfter is null == (EscalateTo.Count == 0),
            $"The approval '{name}' escalates after a time to nobody, or to "
            + "somebody after no time: set both EscalateAfter and EscalateTo, or none.");
        Require(
            RemindEvery is null || RemindEvery > TimeSpan.Zero,
            $"The approval '{name}' reminds every {RemindEvery}: choose a time.");
        Require(
            MaxReminders is null || (MaxReminders >= 1 && RemindEvery is not null),
            $"The approval '{name}' has {MaxReminders} reminders at most, every {RemindEvery}: choose 1 or more and "
            + "set RemindEvery, or leave both out.");
        Require(
            EscalateAfter is null || EscalateAfter > TimeSpan.Zero,
            $"The approval '{name}' escalates after {EscalateAfter}: choose a "
            + "time, or name those people among the deciders.");
        Require(
            Deadline is null || Deadline > TimeSpan.Zero,
            $"The approval '{name}' has a deadline of {Deadline}: choose a time.");
    }

    private static void Require(bool holds, string message)
    {
        if (!holds)
        {
            throw Fail.InvalidInput(message).WithCode("approval.options");
        }
    }
}
