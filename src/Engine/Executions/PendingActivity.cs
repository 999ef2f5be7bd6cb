using AugmentedOS.Engine.Executions.ActivityControl;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>An activity that has not ended.</summary>
internal sealed record PendingActivity
{
    public required long ScheduledEventId { get; init; }

    /// <summary>What the SCHEDULED event says: the type, queue, input, timeouts and retry policy, defaults filled in.</summary>
    public required ActivityTaskScheduledEventAttributes Attributes { get; init; }

    /// <summary>When the first attempt was scheduled; schedule-to-close runs from here, but for a start delay.</summary>
    public required Instant FirstScheduledAt { get; init; }

    /// <summary>When the current attempt was or will be scheduled; schedule-to-start runs from here.</summary>
    public required Instant ScheduledAt { get; init; }

    public int Attempt { get; init; } = 1;

    /// <summary>Whether the current attempt still waits for its backoff to elapse.</summary>
    public bool WaitsForRetry { get; init; }

    public Instant? StartedAt { get; init; }

    public string Identity { get; init; } = "";

    public string RequestId { get; init; } = "";

    /// <summary>What it said. It outlives its attempt: the next one goes on from there.</summary>
    public Payloads? HeartbeatDetails { get; init; }

    /// <summary>When an attempt, perhaps an earlier one, last reported progress.</summary>
    public Instant? LastHeartbeatAt { get; init; }

    public Failure? LastFailure { get; init; }

    public Instant? LastAttemptCompletedAt { get; init; }

    public string LastWorkerIdentity { get; init; } = "";

    /// <summary>The id of its CANCEL_REQUESTED event, 0 when nobody asked.</summary>
    public long CancelRequestedEventId { get; init; }

    /// <summary>How long the first attempt waits; schedule-to-close runs from its end.</summary>
    public TimeSpan StartDelay { get; init; }

    /// <summary>Who keeps it from workers; null when nobody does.</summary>
    public ActivityPause? Pause { get; init; }

    /// <summary>What the SCHEDULED event says, when somebody changed the options since; null when nobody did.</summary>
    public ActivityTaskScheduledEventAttributes? Original { get; init; }

    /// <summary>Whether the running attempt is to be told that the activity was reset.</summary>
    public bool IsReset { get; init; }

    /// <summary>Whether the next attempt begins without what this one reported.</summary>
    public bool ForgetsHeartbeat { get; init; }

    /// <summary>What the SCHEDULED event says.</summary>
    public ActivityTaskScheduledEventAttributes Scheduled => Original ?? Attributes;

    public string ActivityId => Attributes.ActivityId;

    public bool IsStarted => StartedAt is not null;

    /// <summary>When schedule-to-close is over, across attempts; null when there is no such limit.</summary>
    public Instant? ExpiresAt => Attributes.ScheduleToCloseTimeout.OrZero() is var limit && limit > TimeSpan.Zero
        ? FirstScheduledAt + StartDelay + limit
        : null;

    /// <summary>The earliest thing that time will do to it; null when nothing is due ever.</summary>
    public Deadline? NextDeadline => ActivityDeadlines.Next(this);
}
