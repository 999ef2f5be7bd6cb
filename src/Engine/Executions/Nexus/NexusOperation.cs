using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Nexus;

/// <summary>A Nexus operation that a run waits for.</summary>
internal sealed record NexusOperation
{
    public required long ScheduledEventId { get; init; }

    /// <summary>What the SCHEDULED event says: whom to call with what, and how long it may take.</summary>
    public required NexusOperationScheduledEventAttributes Attributes { get; init; }

    public required Instant ScheduledAt { get; init; }

    public NexusOperationPhase Phase { get; init; }

    /// <summary>How many attempts to start it have ended.</summary>
    public int Attempts { get; init; }

    public Instant? LastAttemptAt { get; init; }

    public Failure? LastFailure { get; init; }

    public Instant? NextAttemptAt { get; init; }

    public Instant? StartedAt { get; init; }

    /// <summary>By which the handler knows it; empty before it started.</summary>
    public string Token { get; init; } = "";

    public NexusCancellation? Cancellation { get; init; }

    /// <summary>The same for every attempt: a handler starts the operation once.</summary>
    public string RequestId => Attributes.RequestId;

    public bool IsStarted => Phase == NexusOperationPhase.Started;

    public TimeSpan ScheduleToClose => Attributes.ScheduleToCloseTimeout.OrZero();

    public TimeSpan ScheduleToStart => Attributes.ScheduleToStartTimeout.OrZero();

    public TimeSpan StartToClose => Attributes.StartToCloseTimeout.OrZero();

    /// <summary>How many requests of this operation are due now: its start or its cancellation.</summary>
    public int RequestsDue =>
        (Phase == NexusOperationPhase.Scheduled ? 1 : 0)
        + (Cancellation?.Phase == NexusCancellationPhase.Scheduled ? 1 : 0);

    /// <summary>The earliest thing that time will do to it; null when nothing is due ever.</summary>
    public Deadline? NextDeadline
    {
        get
        {
            Deadline? next = null;
            Offer(ScheduledAt, ScheduleToClose, DeadlineKind.NexusScheduleToClose);
            if (StartedAt is { } started)
            {
                Offer(started, StartToClose, DeadlineKind.NexusStartToClose);
            }
            else
            {
                Offer(ScheduledAt, ScheduleToStart, DeadlineKind.NexusScheduleToStart);
            }

            if (NextAttemptAt is { } retry && (next is null || retry < next.Value.At))
            {
                next = new Deadline(retry, DeadlineKind.NexusRetry, ScheduledEventId);
            }

            return next;

            void Offer(Instant from, TimeSpan limit, DeadlineKind kind)
            {
                if (limit > TimeSpan.Zero && (next is null || from + limit < next.Value.At))
                {
                    next = new Deadline(from + limit, kind, ScheduledEventId);
                }
            }
        }
    }

    /// <summary>When the request to cancel it is sent again; null when it is not.</summary>
    public Deadline? CancellationDeadline => Cancellation?.NextAttemptAt is { } retry
        ? new Deadline(retry, DeadlineKind.NexusCancelRetry, ScheduledEventId)
        : null;
}
