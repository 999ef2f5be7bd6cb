using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Facts;

/// <summary>Something the engine decided about a run: immutable, journaled, and all that ever changes its state.</summary>
/// <remarks>A closed set: <see cref="Folding.Fold"/> and the journal's codec handle each case, and a new one breaks
/// their build. Protobuf messages inside a fact are never changed after it was made.</remarks>
internal abstract record Fact;

/// <summary>A run began: event 1, and the id of the request that asked for it. Always a run's first fact.</summary>
internal sealed record RunStarted(HistoryEvent Event, string RequestId) : Fact;

/// <summary>An event entered history. Its id is the run's next event id.</summary>
internal sealed record EventRecorded(HistoryEvent Event) : Fact;

/// <summary>An event happened while a workflow task was started. It has no id yet and no reader sees it.</summary>
internal sealed record EventBuffered(HistoryEvent Event) : Fact;

/// <summary>All buffered events leave the buffer; the <see cref="BufferedEventRecorded"/> facts that follow in the
/// same transition put them into history in flush order.</summary>
internal sealed record BufferFlushed : Fact;

/// <summary>A formerly buffered event entered history. Its effect on state happened when it was buffered.</summary>
internal sealed record BufferedEventRecorded(HistoryEvent Event) : Fact;

/// <summary>A timer that had fired into the buffer was cancelled by the workflow task that was started meanwhile.</summary>
internal sealed record BufferedTimerFiredRevoked(string TimerId) : Fact;

/// <summary>A retry of a failed workflow task was scheduled; history does not show it until it completes.</summary>
internal sealed record TransientTaskScheduled(int Attempt, Instant At, TimeSpan StartToClose) : Fact;

/// <summary>A poller took the transient workflow task.</summary>
internal sealed record TransientTaskStarted(
    Instant At, string Identity, string RequestId, bool SuggestContinueAsNew, long HistorySizeBytes) : Fact;

/// <summary>The pending workflow task continues a heartbeat whose first task was scheduled at that time.</summary>
internal sealed record HeartbeatContinued(Instant OriginalScheduledAt) : Fact;

/// <summary>Workflow tasks go to a worker's own queue from now on.</summary>
internal sealed record StickyQueueSet(string Queue, TimeSpan ScheduleToStart) : Fact;

/// <summary>Workflow tasks go to the normal queue again.</summary>
internal sealed record StickyQueueCleared : Fact;

/// <summary>A poller took an activity's current attempt. History shows it only when the activity ends.</summary>
internal sealed record ActivityAttemptStarted(
    long ScheduledEventId, Instant At, string Identity, string RequestId) : Fact;

/// <summary>An attempt failed and another one is due.</summary>
internal sealed record ActivityRetryScheduled(
    long ScheduledEventId, int Attempt, Instant FailedAt, Instant DueAt, Failure LastFailure) : Fact;

/// <summary>A waiting retry came due: the activity may be dispatched.</summary>
internal sealed record ActivityBackoffElapsed(long ScheduledEventId) : Fact;

/// <summary>A worker reported progress on the running attempt (or its last words in a failure).</summary>
internal sealed record ActivityHeartbeatRecorded(long ScheduledEventId, Instant At, Payloads? Details) : Fact;

/// <summary>The scheduled workflow task times out unless a poller takes it by then, whichever queue it is on.</summary>
internal sealed record TaskPatienceLimited(Instant Deadline) : Fact;

/// <summary>A worker rejected an update whose request history holds (a reset put it there): it is no longer known.</summary>
internal sealed record AdmittedUpdateRejected(string UpdateId, Failure? Failure, Instant At) : Fact;

/// <summary>The parent has recorded that this child started; only then may its workflow tasks begin.</summary>
internal sealed record ParentInformed : Fact;

/// <summary>What another run or a caller had to learn from this one was delivered.</summary>
/// <param name="DeliveryId">See <see cref="Deliveries.Delivery.Id"/>.</param>
internal sealed record DeliveryCompleted(long DeliveryId) : Fact;

/// <summary>Somebody deleted this run while it still had to tell others of its end: it goes when it has.</summary>
internal sealed record DeletionRequested : Fact;

/// <summary>A worker of another version took a task of this unpinned run: the run moves there.</summary>
/// <param name="To">Null for workers without a version.</param>
/// <param name="Revision">Of the routing that sent it.</param>
internal sealed record VersionTransitionBegun(DeploymentVersion? To, long Revision) : Fact;

/// <summary>Workflows go elsewhere than before, as seen from this run.</summary>
/// <param name="Notified">What the workflow is told of; null for nothing.</param>
/// <param name="Declined">What it was told of in its previous run; null for nothing.</param>
internal sealed record VersionTargetNoted(KnownTarget? Notified, KnownTarget? Declined) : Fact;

/// <summary>Somebody went back in this run: another run began with a copy of its history.</summary>
/// <param name="ForkEventId">The first event that was not copied.</param>
internal sealed record RunReset(RunId NewRun, string RequestId, long ForkEventId) : Fact;

/// <summary>All facts before this one are copies from another run's history: here this run begins.</summary>
/// <param name="Base">The run that was copied.</param>
/// <param name="RequestId">Of the reset.</param>
/// <param name="ForkEventId">The id of the first event that is not a copy.</param>
internal sealed record RunForked(RunId Base, string RequestId, Instant At, long ForkEventId) : Fact;

/// <summary>This run descends by resets from that one.</summary>
internal sealed record ResetAncestorKnown(RunId Run) : Fact;

/// <summary>The discarded part of history had started a child of this name.</summary>
/// <param name="Name">See <see cref="Resetting.ResetOrigin.NameOf"/>.</param>
internal sealed record ChildReplaced(string Name) : Fact;

/// <summary>Somebody keeps this activity from workers.</summary>
internal sealed record ActivityPaused(
    long ScheduledEventId, Instant At, string Identity, string Reason, string RequestId) : Fact;

/// <summary>A paused activity goes on.</summary>
/// <param name="DueAt">When it may be dispatched, unless it is running.</param>
internal sealed record ActivityUnpaused(
    long ScheduledEventId, Instant At, Instant DueAt, bool ResetAttempts, bool ResetHeartbeat) : Fact;

/// <summary>An activity begins again at its first attempt.</summary>
/// <param name="DueAt">When it may be dispatched, unless it is running or stays paused.</param>
internal sealed record ActivityWasReset(
    long ScheduledEventId, Instant At, Instant DueAt, bool ResetHeartbeat, bool KeepPaused) : Fact;

/// <summary>An activity's options are others than its SCHEDULED event says, or that event's again.</summary>
/// <param name="Attributes">As that event would say it.</param>
internal sealed record ActivityOptionsChanged(
    long ScheduledEventId, Instant At, ActivityTaskScheduledEventAttributes Attributes) : Fact;
