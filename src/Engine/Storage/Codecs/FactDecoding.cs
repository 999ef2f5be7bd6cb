using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>Reads what <see cref="FactEncoding"/> wrote. Arguments are read in the order in which they stand.</summary>
internal static class FactDecoding
{
    public static Fact ReadBody(FactTag tag, ReadOnlySpan<byte> body)
    {
        var source = new ByteSource(body);
        return tag switch
        {
            FactTag.RunStarted => new RunStarted(source.Message(HistoryEvent.Parser), source.Text()),
            FactTag.EventRecorded => new EventRecorded(source.Message(HistoryEvent.Parser)),
            FactTag.EventBuffered => new EventBuffered(source.Message(HistoryEvent.Parser)),
            FactTag.BufferFlushed => new BufferFlushed(),
            FactTag.BufferedEventRecorded => new BufferedEventRecorded(source.Message(HistoryEvent.Parser)),
            FactTag.BufferedTimerFiredRevoked => new BufferedTimerFiredRevoked(source.Text()),
            FactTag.TransientTaskScheduled =>
                new TransientTaskScheduled(source.Int32(), source.Time(), source.Span()),
            FactTag.TransientTaskStarted => new TransientTaskStarted(
                source.Time(), source.Text(), source.Text(), source.Flag(), source.Number()),
            FactTag.HeartbeatContinued => new HeartbeatContinued(source.Time()),
            FactTag.StickyQueueSet => new StickyQueueSet(source.Text(), source.Span()),
            FactTag.StickyQueueCleared => new StickyQueueCleared(),
            FactTag.ActivityAttemptStarted => new ActivityAttemptStarted(
                source.Number(), source.Time(), source.Text(), source.Text()),
            FactTag.ActivityRetryScheduled => new ActivityRetryScheduled(
                source.Number(), source.Int32(), source.Time(), source.Time(), source.Message(Failure.Parser)),
            FactTag.ActivityBackoffElapsed => new ActivityBackoffElapsed(source.Number()),
            FactTag.ActivityHeartbeatRecorded => new ActivityHeartbeatRecorded(
                source.Number(), source.Time(), source.OptionalMessage(Payloads.Parser)),
            FactTag.DeliveryCompleted => new DeliveryCompleted(source.Number()),
            FactTag.ParentInformed => new ParentInformed(),
            FactTag.DeletionRequested => new DeletionRequested(),
            FactTag.TaskPatienceLimited => new TaskPatienceLimited(source.Time()),
            FactTag.AdmittedUpdateRejected => ReadRejectedUpdate(ref source),
            FactTag.VersionTransitionBegun => new VersionTransitionBegun(
                VersioningCodec.ReadVersion(ref source), source.Number()),
            FactTag.VersionTargetNoted => new VersionTargetNoted(
                VersioningCodec.ReadTarget(ref source), VersioningCodec.ReadTarget(ref source)),
            FactTag.RunReset => new RunReset(new RunId(source.Guid()), source.Text(), source.Number()),
            FactTag.RunForked => new RunForked(
                new RunId(source.Guid()), source.Text(), source.Time(), source.Number()),
            FactTag.ResetAncestorKnown => new ResetAncestorKnown(new RunId(source.Guid())),
            FactTag.ChildReplaced => new ChildReplaced(source.Text()),
            >= FactTag.ActivityPaused and <= FactTag.ActivityOptionsChanged =>
                ActivityControlCodec.ReadBody(tag, ref source),
            >= FactTag.NexusAttemptFailed and <= FactTag.StandaloneOperationAsked =>
                NexusFactCodec.ReadBody(tag, ref source),
            >= FactTag.StandaloneActivityBegan and <= FactTag.StartDelayChanged =>
                StandaloneActivityCodec.ReadBody(tag, ref source),
            _ => throw new JournalException(
                $"The journal holds a fact with tag {(byte)tag}, which this engine does not know: "
                + "a newer engine wrote it, or the file is damaged."),
        };
    }

    /// <summary>The first engines to write it left out why and when.</summary>
    private static AdmittedUpdateRejected ReadRejectedUpdate(ref ByteSource source)
    {
        var id = source.Text();
        return source.IsAtEnd
            ? new AdmittedUpdateRejected(id, null, default)
            : new AdmittedUpdateRejected(id, source.OptionalMessage(Failure.Parser), source.Time());
    }
}
