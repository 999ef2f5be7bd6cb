using AugmentedOS.Workflows.Misuse;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Approvals;

/// <summary>People asked by a workflow: who may decide, how many have to, reminders, escalation, deadline. The first
/// decision wins; each is recorded with who and when.</summary>
/// <remarks>
/// Made in the workflow's constructor or run method; it then answers the updates <c>{name}.decide</c>,
/// <c>{name}.claim</c>, <c>{name}.release</c> and <c>{name}.delegate</c>, which refuse what is not allowed, the signal
/// <c>{name}.decide</c>, which ignores it, and the query <c>{name}.status</c>; <see cref="ApprovalClient"/> sends them.
/// A workflow may have several, by different names. Its state is the run's: it does not outlive a continue-as-new.
/// </remarks>
public sealed partial class Approval
{
    private readonly string _name;
    private readonly ApprovalOptions _options;
    private readonly Func<ApprovalNotice, CancellationToken, Task>? _notifyAsync;
    private readonly ApprovalBook _book;
    private readonly Queue<ApprovalNotice> _notices = [];
    private readonly List<Task> _telling = [];
    private DateTime? _nextReminder;
    private Task _alarm = Task.CompletedTask;

    /// <summary>Makes an approval and lets the workflow answer for it.</summary>
    /// <param name="name">Its name within the workflow: the prefix of its updates, its signal and its query.</param>
    /// <param name="notifyAsync">Tells people, usually with an activity, which has to get the token: it is cancelled
    /// when the approval ends before. Null where people look for themselves. When it fails for good, so does the
    /// approval: nobody decides what nobody was told of.</param>
    /// <exception cref="InvalidOperationException">The caller is no workflow, or has an approval of that
    /// name.</exception>
    public Approval(
        string name, ApprovalOptions options, Func<ApprovalNotice, CancellationToken, Task>? notifyAsync = null)
    {
        InWorkflow.Require(nameof(Approval));
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(options);
        (_name, _options, _notifyAsync) = (name, options, notifyAsync);
        _book = new(name, options);
        if (Workflow.Queries.ContainsKey($"{name}.status"))
        {
            throw new InvalidOperationException(
                $"This workflow has an approval '{name}' already, which answers under that name. Give each its own.");
        }

        Answer();
    }

    /// <summary>Where it stands.</summary>
    public ApprovalStatus Status => _book.Status;

    /// <summary>Asks the deciders, and waits until it is decided or the deadline has passed.</summary>
    /// <exception cref="Errors.WorkflowErrorException">The options make no sense: no deciders, a quorum that cannot be
    /// reached … Said here and not by the constructor, as a workflow whose constructor throws does not
    /// fail.</exception>
    /// <exception cref="ActivityFailureException">Somebody could not be told, for good.</exception>
    /// <exception cref="OperationCanceledException">The workflow was cancelled.</exception>
    /// <exception cref="InvalidOperationException">It was called before.</exception>
    public async Task<ApprovalStatus> WaitAsync()
    {
        if (Status.AskedAt is not null)
        {
            throw new InvalidOperationException(
                $"The deciders of the approval '{_name}' were asked already. Keep the result of WaitAsync, or read "
                + "Status.");
        }

        _options.Check(_name);
        _book.Ask(Workflow.UtcNow);
        _nextReminder = Workflow.UtcNow + _options.RemindEvery;
        Tell(ApprovalNoticeKind.Request, _book.Undecided);
        using var telling = CancellationTokenSource.CreateLinkedTokenSource(Workflow.CancellationToken);
        try
        {
            while (!_book.IsClosed)
            {
                await SendAsync(telling.Token);
                await WaitForChangeAsync(telling.Token);
                DoWhatIsDue();
            }
        }
        finally
        {
            // Not CancelAsync, which leaves the workflow's scheduler.
            telling.Cancel();
        }

        await EndTellingAsync();
        return Status;
    }

    private void Answer()
    {
        Workflow.Updates[$"{_name}.decide"] = WorkflowUpdateDefinition.CreateWithoutAttribute(
            $"{_name}.decide", DecideAsync, (ApprovalAnswer answer) => Refuse(_book.RefuseDecision(answer)));
        Workflow.Updates[$"{_name}.claim"] = WorkflowUpdateDefinition.CreateWithoutAttribute(
            $"{_name}.claim", ClaimAsync, (string by) => Refuse(_book.RefuseClaim(by)));
        Workflow.Updates[$"{_name}.release"] = WorkflowUpdateDefinition.CreateWithoutAttribute(
            $"{_name}.release", ReleaseAsync, (string by) => Refuse(_book.RefuseRelease(by)));
        Workflow.Updates[$"{_name}.delegate"] = WorkflowUpdateDefinition.CreateWithoutAttribute(
            $"{_name}.delegate", DelegateAsync,
            (ApprovalDelegation delegation) => Refuse(_book.RefuseDelegation(delegation)));
        Workflow.Signals[$"{_name}.decide"] = WorkflowSignalDefinition.CreateWithoutAttribute(
            $"{_name}.decide", HearAsync);
        Workflow.Queries[$"{_name}.status"] = WorkflowQueryDefinition.CreateWithoutAttribute(
            $"{_name}.status", () => Status);
    }

    // A validator ran in an earlier state than the handler when several updates came at once: what it allowed is asked
    // again.
    private Task<ApprovalStatus> DecideAsync(ApprovalAnswer answer)
    {
        Refuse(_book.RefuseDecision(answer));
        _book.Decide(answer, Workflow.UtcNow);
        return Task.FromResult(Status);
    }

    private Task<ApprovalStatus> ClaimAsync(string by)
    {
        Refuse(_book.RefuseClaim(by));
        _book.Claim(by);
        return Task.FromResult(Status);
    }

    private Task<ApprovalStatus> ReleaseAsync(string by)
    {
        Refuse(_book.RefuseRelease(by));
        _book.Release();
        return Task.FromResult(Status);
    }

    private Task<ApprovalStatus> DelegateAsync(ApprovalDelegation delegation)
    {
        Refuse(_book.RefuseDelegation(delegation));
        _book.Delegate(delegation);
        Tell(ApprovalNoticeKind.Delegation, [delegation.To]);
        return Task.FromResult(Status);
    }

    /// <summary>A signal gets no answer: what is not allowed is ignored, and said in the log.</summary>
    private Task HearAsync(ApprovalAnswer answer)
    {
        if (_book.RefuseDecision(answer) is { } refusal)
        {
            DecisionIgnored(Workflow.Logger, _name, refusal.Message);
        }
        else
        {
            _book.Decide(answer, Workflow.UtcNow);
        }

        return Task.CompletedTask;
    }

    private static void Refuse(Errors.WorkflowErrorException? refusal)
    {
        if (refusal is not null)
        {
            throw refusal;
        }
    }

    private void Tell(ApprovalNoticeKind kind, IReadOnlyList<string> to) => _notices.Enqueue(new(kind, to, Status));

    /// <summary>Begins to tell what is to be told, and ends the approval when somebody could not be told.</summary>
    private async Task SendAsync(CancellationToken cancellationToken)
    {
        while (_notices.TryDequeue(out var notice))
        {
            if (_notifyAsync is not null)
            {
                _telling.Add(_notifyAsync(notice, cancellationToken));
            }
        }

        foreach (var done in _telling.Where(told => told.IsCompleted).ToList())
        {
            _telling.Remove(done);
            await done;
        }
    }

    private async Task WaitForChangeAsync(CancellationToken ended)
    {
        DateTime?[] due = [_nextReminder, EscalatesAt, Status.DeadlineAt];
        if (due.Min() is not { } next)
        {
            await Workflow.WaitConditionAsync(HasChanged);
        }
        else if (next > Workflow.UtcNow)
        {
            // One timer until then, whatever happens before: nothing but its end changes what is due next.
            _alarm = _alarm.IsCompleted ? Workflow.DelayAsync(next - Workflow.UtcNow, ended) : _alarm;
            await Workflow.WaitConditionAsync(() => HasChanged() || _alarm.IsCompleted);
        }

        bool HasChanged() => _book.IsClosed || _notices.Count > 0 || _telling.Exists(told => told.IsCompleted);
    }

    private DateTime? EscalatesAt => Status.EscalatedAt is null ? Status.AskedAt + _options.EscalateAfter : null;

    private void DoWhatIsDue()
    {
        var now = Workflow.UtcNow;
        if (_book.IsClosed)
        {
            return;
        }

        if (Status.DeadlineAt <= now)
        {
            _book.Close(_options.AtDeadline, now);
            return;
        }

        if (EscalatesAt <= now)
        {
            _book.Escalate(now);
            Tell(ApprovalNoticeKind.Escalation, _options.EscalateTo);
        }

        if (_nextReminder <= now)
        {
            _book.Remind();
            var isLast = Status.Reminders >= _options.MaxReminders;
            _nextReminder = isLast ? null : now + _options.RemindEvery;
            Tell(ApprovalNoticeKind.Reminder, _book.Undecided);
        }
    }

    /// <summary>What was still to be told is not, now that it is decided.</summary>
    private async Task EndTellingAsync()
    {
        foreach (var told in _telling)
        {
            try
            {
                await told;
            }
            catch (Exception exception) when (TemporalException.IsCanceledException(exception))
            {
                // As was asked for.
            }
        }
    }
}
