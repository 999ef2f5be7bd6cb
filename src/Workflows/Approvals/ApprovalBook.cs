using AugmentedOS.Workflows.Errors;

namespace AugmentedOS.Workflows.Approvals;

/// <summary>The rules: what an approval's status becomes, and what is refused. Knows the time only as it is
/// told.</summary>
internal sealed class ApprovalBook(string name, ApprovalOptions options)
{
    private readonly Dictionary<string, string> _askedAtFirst = new(StringComparer.Ordinal);

    public ApprovalStatus Status { get; private set; } = new(name, [.. options.Deciders], options.Quorum, []);

    public bool IsClosed => Status.Outcome is not null;

    /// <summary>Those who may still decide.</summary>
    public IReadOnlyList<string> Undecided => [.. Status.Deciders.Where(decider => !HasDecided(decider))];

    public void Ask(DateTime now) => Status = Status with { AskedAt = now, DeadlineAt = now + options.Deadline };

    public WorkflowErrorException? RefuseDecision(ApprovalAnswer? answer) =>
        RefuseToTouch(answer?.By)
        ?? (Status.ClaimedBy is { } holder && holder != answer!.By
            ? Fail.Conflict(
                $"The approval '{name}' is claimed by {holder}; {answer.By} can decide when it is released.")
                .WithCode("approval.claimed")
            : options.NeedsClaim && Status.ClaimedBy is null
                ? Fail.BusinessRule($"The approval '{name}' has to be claimed before it is decided.")
                    .WithCode("approval.unclaimed")
                : null);

    public void Decide(ApprovalAnswer answer, DateTime now)
    {
        var decision = new ApprovalDecision(
            answer.By, answer.Verdict, now, answer.Comment, _askedAtFirst.GetValueOrDefault(answer.By));
        Status = Status with { Decisions = [.. Status.Decisions, decision] };
        var approvals = Status.Decisions.Count(made => made.Verdict is ApprovalVerdict.Approve);
        var rejections = Status.Decisions.Count - approvals;
        if (approvals >= options.Quorum)
        {
            Close(ApprovalOutcome.Approved, now);
        }
        else if (rejections >= options.Rejections || Status.Deciders.Count - rejections < options.Quorum)
        {
            Close(ApprovalOutcome.Rejected, now);
        }
    }

    public WorkflowErrorException? RefuseClaim(string? by) =>
        RefuseToTouch(by)
        ?? (options.Quorum > 1
            ? Fail.BusinessRule(
                $"The approval '{name}' needs {options.Quorum} approvals, each by itself; nobody can claim it.")
                .WithCode("approval.claim-with-quorum")
            : Status.ClaimedBy is { } holder && holder != by
                ? Fail.Conflict($"The approval '{name}' is claimed by {holder} already.").WithCode("approval.claimed")
                : null);

    public void Claim(string by) => Status = Status with { ClaimedBy = by };

    public WorkflowErrorException? RefuseRelease(string? by) =>
        RefuseWhenClosed() ?? (Status.ClaimedBy == by && by is not null
        ? null
        : Fail.Conflict($"The approval '{name}' is not claimed by {by}, but by {Status.ClaimedBy ?? "nobody"}.")
            .WithCode("approval.not-claimed"));

    public void Release() => Status = Status with { ClaimedBy = null };

    public WorkflowErrorException? RefuseDelegation(ApprovalDelegation? delegation) =>
        RefuseToTouch(delegation?.By)
        ?? (string.IsNullOrWhiteSpace(delegation!.To)
            ? Fail.InvalidInput($"The approval '{name}' was delegated to nobody: say to whom.")
                .WithCode("approval.delegation")
            : Status.Deciders.Contains(delegation.To)
                ? Fail.Conflict($"{delegation.To} decides on the approval '{name}' already, and has one decision.")
                    .WithCode("approval.delegation")
                : null);

    public void Delegate(ApprovalDelegation delegation)
    {
        _askedAtFirst[delegation.To] = _askedAtFirst.GetValueOrDefault(delegation.By, delegation.By);
        Status = Status with
        {
            Deciders = [.. Status.Deciders.Select(decider => decider == delegation.By ? delegation.To : decider)],
            ClaimedBy = Status.ClaimedBy == delegation.By ? delegation.To : Status.ClaimedBy,
        };
    }

    public void Remind() => Status = Status with { Reminders = Status.Reminders + 1 };

    public void Escalate(DateTime now) => Status = Status with
    {
        Deciders = [.. Status.Deciders.Union(options.EscalateTo, StringComparer.Ordinal)],
        ClaimedBy = null,
        EscalatedAt = now,
    };

    public void Close(ApprovalOutcome outcome, DateTime now) =>
        Status = Status with { Outcome = outcome, ClosedAt = now };

    private bool HasDecided(string person) => Status.Decisions.Any(decision => decision.By == person);

    private WorkflowErrorException? RefuseWhenClosed() => Status is { Outcome: { } outcome, ClosedAt: { } at }
        ? Fail.Conflict($"The approval '{name}' is closed: {outcome}{LastDecider()} at {at:u}.")
            .WithCode("approval.closed")
        : null;

    private string LastDecider() => Status.Decisions is [.., var last] ? $" by {last.By}" : "";

    private WorkflowErrorException? RefuseToTouch(string? by) =>
        RefuseWhenClosed()
        ?? (by is null || !Status.Deciders.Contains(by)
            ? Fail.Unauthorized(
                $"{by ?? "Somebody without a name"} does not decide on the approval '{name}'; "
                + $"{string.Join(", ", Status.Deciders)} do.")
                .WithCode("approval.not-a-decider")
            : HasDecided(by)
                ? Fail.Conflict($"{by} has decided on the approval '{name}' already.").WithCode("approval.decided")
                : null);
}
