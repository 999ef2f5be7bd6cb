using AugmentedOS.Engine.Executions.Facts;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>What each fact writes. The order of a body's fields is the format: new ones go last.</summary>
internal static class FactEncoding
{
    public static FactTag TagOf(Fact fact) => fact switch
    {
        RunStarted => FactTag.RunStarted,
        EventRecorded => FactTag.EventRecorded,
        EventBuffered => FactTag.EventBuffered,
        BufferFlushed => FactTag.BufferFlushed,
        BufferedEventRecorded => FactTag.BufferedEventRecorded,
        BufferedTimerFiredRevoked => FactTag.BufferedTimerFiredRevoked,
        TransientTaskScheduled => FactTag.TransientTaskScheduled,
        TransientTaskStarted => FactTag.TransientTaskStarted,
        HeartbeatContinued => FactTag.HeartbeatContinued,
        StickyQueueSet => FactTag.StickyQueueSet,
        StickyQueueCleared => FactTag.StickyQueueCleared,
        ActivityAttemptStarted => FactTag.ActivityAttemptStarted,
        ActivityRetryScheduled => FactTag.ActivityRetryScheduled,
        ActivityBackoffElapsed => FactTag.ActivityBackoffElapsed,
        ActivityHeartbeatRecorded => FactTag.ActivityHeartbeatRecorded,
        DeliveryCompleted => FactTag.DeliveryCompleted,
        NexusFact nexus => NexusFactCodec.TagOf(nexus),
        StandaloneActivityFact standalone => StandaloneActivityCodec.TagOf(standalone),
        ParentInformed => FactTag.ParentInformed,
        DeletionRequested => FactTag.DeletionRequested,
        TaskPatienceLimited => FactTag.TaskPatienceLimited,
        AdmittedUpdateRejected => FactTag.AdmittedUpdateRejected,
        VersionTransitionBegun => FactTag.VersionTransitionBegun,
        VersionTargetNoted => FactTag.VersionTargetNoted,
        RunReset => FactTag.RunReset,
        RunForked => FactTag.RunForked,
        ResetAncestorKnown => FactTag.ResetAncestorKnown,
        ChildReplaced => FactTag.ChildReplaced,
        ActivityPaused => FactTag.ActivityPaused,
        ActivityUnpaused => FactTag.ActivityUnpaused,
        ActivityWasReset => FactTag.ActivityWasReset,
        ActivityOptionsChanged => FactTag.ActivityOptionsChanged,
        _ => throw new InvalidOperationException($"A fact of type {fact.GetType().Name} has no encoding."),
    };

    public static void WriteBody(Fact fact, ByteSink sink)
    {
        switch (fact)
        {
            case RunStarted started:
                sink.Message(started.Event);
                sink.Text(started.RequestId);
                break;
            case EventRecorded recorded:
                sink.Message(recorded.Event);
                break;
            case EventBuffered buffered:
                sink.Message(buffered.Event);
                break;
            case BufferedEventRecorded recorded:
                sink.Message(recorded.Event);
                break;
            case BufferedTimerFiredRevoked revoked:
                sink.Text(revoked.TimerId);
                break;
            case StickyQueueSet sticky:
                sink.Text(sticky.Queue);
                sink.Span(sticky.ScheduleToStart);
                break;
            case HeartbeatContinued heartbeat:
                sink.Time(heartbeat.OriginalScheduledAt);
                break;
            case TaskPatienceLimited limited:
                sink.Time(limited.Deadline);
                break;
            case AdmittedUpdateRejected rejected:
                sink.Text(rejected.UpdateId);
                sink.OptionalMessage(rejected.Failure);
                sink.Time(rejected.At);
                break;
            case DeliveryCompleted delivered:
                sink.Number(delivered.DeliveryId);
                break;
            case NexusFact nexus:
                NexusFactCodec.WriteBody(nexus, sink);
                break;
            case StandaloneActivityFact standalone:
                StandaloneActivityCodec.WriteBody(standalone, sink);
                break;
            case VersionTransitionBegun begun:
                VersioningCodec.WriteVersion(sink, begun.To);
                sink.Number(begun.Revision);
                break;
            case VersionTargetNoted noted:
                VersioningCodec.WriteTarget(sink, noted.Notified);
                VersioningCodec.WriteTarget(sink, noted.Declined);
                break;
            case TransientTaskScheduled or TransientTaskStarted:
                WriteTransientTask(fact, sink);
                break;
            case RunReset or RunForked or ResetAncestorKnown or ChildReplaced:
                WriteReset(fact, sink);
                break;
            case ActivityPaused or ActivityUnpaused or ActivityWasReset or ActivityOptionsChanged:
                ActivityControlCodec.WriteBody(fact, sink);
                break;
            case ActivityAttemptStarted or ActivityRetryScheduled:
            case ActivityBackoffElapsed or ActivityHeartbeatRecorded:
                WriteActivity(fact, sink);
                break;
            default:
                break; // BufferFlushed and the like say it all with their tag; TagOf has rejected the unknown.
        }
    }

    private static void WriteTransientTask(Fact fact, ByteSink sink)
    {
        switch (fact)
        {
            case TransientTaskScheduled scheduled:
                sink.Number(scheduled.Attempt);
                sink.Time(scheduled.At);
                sink.Span(scheduled.StartToClose);
                break;
            case TransientTaskStarted started:
                sink.Time(started.At);
                sink.Text(started.Identity);
                sink.Text(started.RequestId);
                sink.Flag(started.SuggestContinueAsNew);
                sink.Number(started.HistorySizeBytes);
                break;
            default:
                break;
        }
    }

    private static void WriteReset(Fact fact, ByteSink sink)
    {
        switch (fact)
        {
            case RunReset reset:
                sink.Guid(reset.NewRun.Value);
                sink.Text(reset.RequestId);
                sink.Number(reset.ForkEventId);
                break;
            case RunForked forked:
                sink.Guid(forked.Base.Value);
                sink.Text(forked.RequestId);
                sink.Time(forked.At);
                sink.Number(forked.ForkEventId);
                break;
            case ResetAncestorKnown known:
                sink.Guid(known.Run.Value);
                break;
            case ChildReplaced replaced:
                sink.Text(replaced.Name);
                break;
            default:
                break;
        }
    }

    private static void WriteActivity(Fact fact, ByteSink sink)
    {
        switch (fact)
        {
            case ActivityAttemptStarted started:
                sink.Number(started.ScheduledEventId);
                sink.Time(started.At);
                sink.Text(started.Identity);
                sink.Text(started.RequestId);
                break;
            case ActivityRetryScheduled retry:
                sink.Number(retry.ScheduledEventId);
                sink.Number(retry.Attempt);
                sink.Time(retry.FailedAt);
                sink.Time(retry.DueAt);
                sink.Message(retry.LastFailure);
                break;
            case ActivityBackoffElapsed elapsed:
                sink.Number(elapsed.ScheduledEventId);
                break;
            case ActivityHeartbeatRecorded heartbeat:
                sink.Number(heartbeat.ScheduledEventId);
                sink.Time(heartbeat.At);
                sink.OptionalMessage(heartbeat.Details);
                break;
            default:
                break;
        }
    }
}
