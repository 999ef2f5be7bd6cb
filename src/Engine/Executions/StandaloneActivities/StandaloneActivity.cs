using System.Collections.Immutable;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using PropagatedSerializationContext = Temporalio.Api.Nexus.V1.PropagatedSerializationContext;

namespace AugmentedOS.Engine.Executions.StandaloneActivities;

/// <summary>What a run knows of the activity that is its one content, besides the activity itself.</summary>
internal sealed record StandaloneActivity
{
    /// <summary>How long after its start the first attempt may be dispatched.</summary>
    public TimeSpan StartDelay { get; init; }

    /// <summary>The delay of its start request.</summary>
    public TimeSpan OriginalStartDelay { get; init; }

    /// <summary>Goes to the worker as it came.</summary>
    public PropagatedSerializationContext? SerializationContext { get; init; }

    /// <summary>Whether who started it got its first attempt with the answer.</summary>
    public bool IsEager { get; init; }

    /// <summary>When a worker first took it; null when none has.</summary>
    public Instant? FirstStartedAt { get; init; }

    /// <summary>When a worker last took it.</summary>
    public Instant? LastStartedAt { get; init; }

    /// <summary>Who took it last; null when nobody has.</summary>
    public AttemptWorker? Worker { get; init; }

    public long Heartbeats { get; init; }

    public ActivityRequest? CancelRequest { get; init; }

    public ActivityRequest? TerminateRequest { get; init; }

    /// <summary>The last of its kind that was served: a repetition of it changes nothing.</summary>
    public string PauseRequestId { get; init; } = "";

    /// <inheritdoc cref="PauseRequestId"/>
    public string UnpauseRequestId { get; init; } = "";

    /// <inheritdoc cref="PauseRequestId"/>
    public string ResetRequestId { get; init; } = "";

    /// <inheritdoc cref="PauseRequestId"/>
    public string UpdateRequestId { get; init; } = "";

    /// <summary>Whether a reset that waits for the running attempt brings the original options back.</summary>
    public bool RestoresOptions { get; init; }

    /// <summary>The activity as it was last before it ended; null while it runs.</summary>
    public PendingActivity? Final { get; init; }

    /// <summary>What it ended with; null when it did not complete.</summary>
    public Payloads? Result { get; init; }

    /// <summary>Why it did not complete; null while it runs, and when it did.</summary>
    public Failure? Failure { get; init; }

    /// <summary>Why there was no further attempt.</summary>
    public RetryState RetryState { get; init; }

    /// <summary>What its start requests pointed at.</summary>
    public ImmutableList<Link> Links { get; init; } = [];
}
