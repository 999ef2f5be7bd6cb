using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Executions.Options;
using AugmentedOS.Engine.Executions.Pausing;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using AugmentedOS.Engine.Executions.TimeSkipping;
using AugmentedOS.Engine.Executions.Updates;
using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>All that the engine knows of one run: the fold of its facts, and nothing else.</summary>
/// <remarks>
/// Immutable, so that a decision can be tried and dropped. Every collection changes in O(log n): a transition costs
/// what it changes, not what the run holds. Every fact copies this record, so what few facts change lies aside, in one
/// record that the others hand on as it is. Protobuf messages in it are shared with the events and never changed.
/// </remarks>
internal sealed record RunState
{
    public required RunBirth Birth { get; init; }

    public RunAside Aside { get; init; } = RunAside.Empty;

    public RunKey Key => Birth.Key;

    /// <summary>The attributes of event 1.</summary>
    public WorkflowExecutionStartedEventAttributes Started => Birth.Started;

    public Instant StartedAt => Birth.StartedAt;

    public UserMetadata? UserMetadata => Birth.UserMetadata;

    /// <summary>What may be changed while the run is open.</summary>
    public RunOptions Options
    {
        get => Aside.Options;
        init => Aside = Aside with { Options = value };
    }

    /// <summary>The start request's id, by which a client's retry is known.</summary>
    public string StartRequestId => Birth.RequestId;

    public WorkflowExecutionStatus Status { get; init; } = WorkflowExecutionStatus.Running;

    /// <summary>The last event of a closed run; null while it is open.</summary>
    public HistoryEvent? CloseEvent { get; init; }

    public long NextEventId { get; init; } = 1;

    /// <summary>Bytes of the history so far, as serialized events.</summary>
    public long HistorySize { get; init; }

    /// <summary>How many transitions made this state.</summary>
    public long Transitions { get; init; }

    public WorkflowTask? Task { get; init; }

    /// <summary>The STARTED event of the last completed workflow task; 0 before the first. Failed tasks do not count.</summary>
    public long PreviousStartedEventId { get; init; }

    /// <summary>The COMPLETED event of the last completed workflow task; 0 before the first.</summary>
    public long LastCompletedTaskEventId { get; init; }

    /// <summary>Workflow task failures and timeouts in a row.</summary>
    public int TaskFailuresInARow { get; init; }

    /// <summary>Whether the last workflow task failed on an unhandled command: signals wait, so that the close can win.</summary>
    public bool IsClosing { get; init; }

    /// <summary>Whether the first workflow task was ever scheduled: the start's delay, cron wait or parent is behind it.</summary>
    public bool FirstTaskScheduled { get; init; }

    public StickyQueue? Sticky { get; init; }

    /// <summary>Events that wait for the started workflow task to end, in arrival order.</summary>
    public ImmutableList<HistoryEvent> Buffered { get; init; } = [];

    public long BufferedBytes { get; init; }

    /// <summary>By the id of the SCHEDULED event.</summary>
    public ImmutableDictionary<long, PendingActivity> Activities { get; init; } =
        ImmutableDictionary<long, PendingActivity>.Empty;

    /// <summary>Activity id → id of the SCHEDULED event.</summary>
    public ImmutableDictionary<string, long> ActivityIds { get; init; } = ImmutableDictionary<string, long>.Empty;

    public ImmutableDictionary<string, PendingTimer> Timers { get; init; } =
        ImmutableDictionary<string, PendingTimer>.Empty;

    /// <summary>By the id of the INITIATED event.</summary>
    public ImmutableDictionary<long, PendingChild> Children
    {
        get => Aside.Children;
        init => Aside = Aside with { Children = value };
    }

    /// <summary>Signals and cancel requests to other workflows, by the id of the INITIATED event.</summary>
    public ImmutableDictionary<long, PendingExternal> Externals
    {
        get => Aside.Externals;
        init => Aside = Aside with { Externals = value };
    }

    public int PendingExternalSignals
    {
        get => Aside.PendingExternalSignals;
        init => Aside = Aside with { PendingExternalSignals = value };
    }

    public int PendingExternalCancels
    {
        get => Aside.PendingExternalCancels;
        init => Aside = Aside with { PendingExternalCancels = value };
    }

    /// <summary>The deadlines of timers and activities, earliest first; one for each.</summary>
    public ImmutableSortedSet<Deadline> Deadlines { get; init; } = [];

    public bool CancelRequested
    {
        get => Aside.CancelRequested;
        init => Aside = Aside with { CancelRequested = value };
    }

    /// <summary>Request ids of signals already recorded.</summary>
    public ImmutableHashSet<string> SignalRequestIds
    {
        get => Aside.SignalRequestIds;
        init => Aside = Aside with { SignalRequestIds = value };
    }

    public long SignalCount { get; init; }

    /// <summary>Request ids attached to this run by later starts that found it running → the event that says so.</summary>
    public ImmutableDictionary<string, long> AttachedRequestIds
    {
        get => Aside.AttachedRequestIds;
        init => Aside = Aside with { AttachedRequestIds = value };
    }

    public ImmutableSortedDictionary<string, Payload> Memo
    {
        get => Aside.Memo;
        init => Aside = Aside with { Memo = value };
    }

    public ImmutableSortedDictionary<string, Payload> SearchAttributes
    {
        get => Aside.SearchAttributes;
        init => Aside = Aside with { SearchAttributes = value };
    }

    /// <summary>How many paused activities there are of each type: what <see cref="Activities"/> says, counted.</summary>
    public ImmutableSortedDictionary<string, int> PausedActivities { get; init; } =
        ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal);

    /// <summary>Why the run is paused; null while it is not.</summary>
    public WorkflowPause? Pause
    {
        get => Aside.Pause;
        init => Aside = Aside with { Pause = value };
    }

    public UpdatesState Updates
    {
        get => Aside.Updates;
        init => Aside = Aside with { Updates = value };
    }

    /// <summary>Which worker version the run belongs to; null for a run that never met versioning.</summary>
    public RunVersioning? Versioning
    {
        get => Aside.Versioning;
        init => Aside = Aside with { Versioning = value };
    }

    /// <summary>Where the run came from, when a reset made it; null for all others.</summary>
    public ResetOrigin? Origin
    {
        get => Aside.Origin;
        init => Aside = Aside with { Origin = value };
    }

    /// <summary>The run that a reset put in this one's place; null when nobody reset it.</summary>
    public ResetSuccessor? Successor
    {
        get => Aside.Successor;
        init => Aside = Aside with { Successor = value };
    }

    /// <summary>The first task that each build of the workers completed, in this run and in those before it in the
    /// chain: where to go back to when a build turns out to be bad.</summary>
    public ImmutableList<ResetPointInfo> ResetPoints
    {
        get => Aside.ResetPoints;
        init => Aside = Aside with { ResetPoints = value };
    }

    /// <summary>After the close: what other runs still have to learn, by <see cref="Deliveries.Delivery.Id"/>.</summary>
    public ImmutableSortedSet<long> PendingDeliveries
    {
        get => Aside.PendingDeliveries;
        init => Aside = Aside with { PendingDeliveries = value };
    }

    /// <summary>Operations that it waits for, and who waits for it.</summary>
    public NexusState Nexus
    {
        get => Aside.Nexus;
        init => Aside = Aside with { Nexus = value };
    }

    /// <summary>What only an activity without a workflow has; null for all other runs.</summary>
    public StandaloneActivity? Activity
    {
        get => Aside.Activity;
        init => Aside = Aside with { Activity = value };
    }

    /// <summary>Whether this is no workflow but something that runs like one: it has no workflow tasks.</summary>
    public bool IsStandalone => Activity is not null || Nexus.Standalone is not null;

    /// <summary>Whether the run goes as soon as nothing of it is left to tell.</summary>
    public bool IsDeletionRequested
    {
        get => Aside.IsDeletionRequested;
        init => Aside = Aside with { IsDeletionRequested = value };
    }

    /// <summary>The run's own time; null unless it may skip some, or descends from one that did.</summary>
    public RunTime? Time
    {
        get => Aside.Time;
        init => Aside = Aside with { Time = value };
    }

    /// <summary>How far the run's time is ahead of the engine's.</summary>
    public TimeSpan Ahead => Time?.Ahead ?? TimeSpan.Zero;

    public bool IsClosed => CloseEvent is not null;

    public bool IsRunning => CloseEvent is null;

    /// <summary>Whether no task of this open run may reach a worker.</summary>
    public bool IsPaused => IsRunning && Pause is not null;

    public long LastEventId => NextEventId - 1;

    /// <summary>Whether the first workflow task still waits for a start delay, a cron tick or a retry's backoff.</summary>
    public bool InFirstTaskBackoff =>
        IsRunning && !FirstTaskScheduled && Started.FirstWorkflowTaskBackoff.OrZero() > TimeSpan.Zero;

    /// <summary>Whether the parent has recorded this child's start; see <see cref="AwaitsParent"/>.</summary>
    public bool IsParentInformed
    {
        get => Aside.IsParentInformed;
        init => Aside = Aside with { IsParentInformed = value };
    }

    /// <summary>Whether this is a child's first run whose parent has not yet recorded its start. It has no workflow task
    /// until then, so that nothing it does precedes its start in the parent's history. A backoff runs meanwhile.</summary>
    public bool AwaitsParent => IsRunning && OwesAnnouncement;

    /// <summary>Whether the parent still has to learn that this run started, even if it closed meanwhile.</summary>
    public bool OwesAnnouncement =>
        !IsParentInformed && Started.ParentWorkflowExecution is not null
        && Started.ContinuedExecutionRunId.Length == 0;

    /// <summary>When the first task was or is due. A run that a reset made is past it from the start.</summary>
    public Instant FirstTaskAt =>
        Origin?.At ?? StartedAt + (Activity?.StartDelay ?? Started.FirstWorkflowTaskBackoff.OrZero());

    /// <summary>When the run, or its whole chain, times out; null when never.</summary>
    public Instant? RunExpiresAt => RunExpiry.Of(this);

    /// <summary>The earliest thing that time will do to this run; null when nothing is due ever.</summary>
    public Deadline? NextDeadline => RunDeadlines.Next(this);

    /// <summary>When that is in the engine's time.</summary>
    public Instant? WakesAt => NextDeadline?.At - Ahead;

    /// <summary>Whether something of this run must be kept moving even when nobody asks: it stays in memory and is
    /// reloaded at start-up.</summary>
    public bool IsHot =>
        PendingDeliveries.Count > 0
        || Nexus.CallbacksDue > 0
        || (IsRunning && (Task is not null || AwaitsParent || Externals.Count > 0
            || (ActivityIds.Count > 0 && !ActivityRun.IsAsleep(this)) || HasUnstartedChild || Nexus.RequestsDue > 0));

    /// <summary>How many children wait for their start to be recorded.</summary>
    public int UnstartedChildren
    {
        get => Aside.UnstartedChildren;
        init => Aside = Aside with { UnstartedChildren = value };
    }

    private bool HasUnstartedChild => UnstartedChildren > 0;

    public RunTimeouts Timeouts => new(Started);
}
