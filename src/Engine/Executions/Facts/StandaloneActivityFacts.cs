using AugmentedOS.Engine.Executions.StandaloneActivities;
using Temporalio.Api.Nexus.V1;

namespace AugmentedOS.Engine.Executions.Facts;

/// <summary>Something that only runs of activities without a workflow have.</summary>
internal abstract record StandaloneActivityFact : Fact;

/// <summary>The run is that of an activity which no workflow scheduled. Precedes its SCHEDULED event.</summary>
/// <param name="IsEager">Whether who started it gets its first attempt with the answer.</param>
internal sealed record StandaloneActivityBegan(
    TimeSpan StartDelay, PropagatedSerializationContext? SerializationContext, bool IsEager) : StandaloneActivityFact;

/// <summary>Somebody asked something of it, and was served.</summary>
internal sealed record StandaloneActivityAsked(
    ActivityRequestKind Kind, string RequestId, string Identity, string Reason, Instant At) : StandaloneActivityFact;

/// <summary>Who took the attempt that has just started.</summary>
internal sealed record StandaloneActivityTaken(AttemptWorker Worker) : StandaloneActivityFact;

/// <summary>It begins again at its first attempt once the running one has ended.</summary>
/// <param name="KeepsPaused">Whether a pause that was asked for holds.</param>
internal sealed record StandaloneResetDeferred(
    bool RestoresOptions, bool ResetsHeartbeat, bool KeepsPaused) : StandaloneActivityFact;

/// <summary>Its first attempt waits for another time than it did.</summary>
internal sealed record StartDelayChanged(TimeSpan Delay, Instant At) : StandaloneActivityFact;
