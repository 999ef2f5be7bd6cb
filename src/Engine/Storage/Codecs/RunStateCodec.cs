using AugmentedOS.Engine.Executions;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>A run's state as bytes, for snapshots and for telling whether two states are equal.</summary>
/// <remarks>
/// Equal states make equal bytes: what has no order of its own is sorted. The format has no room for change: whoever
/// adds a field to the state writes and reads it here and raises <see cref="Version"/>. Snapshots of another version
/// are passed over and the run is folded from its facts, so nothing ever has to be migrated.
/// </remarks>
internal static class RunStateCodec
{
    /// <summary>Raised with every change of what is written.</summary>
    public const int Version = 13;

    public static byte[] Encode(RunState state)
    {
        var sink = ByteSink.OfThisThread();
        WriteIdentity(sink, state);
        WriteProgress(sink, state);
        PendingWork.Write(sink, state);
        WriteProperties(sink, state);
        ControlCodec.Write(sink, state);
        NexusCodec.Write(sink, state.Nexus);
        UpdatesCodec.Write(sink, state.Updates);
        VersioningCodec.Write(sink, state.Versioning);
        TimeSkippingCodec.Write(sink, state);
        ResetCodec.Write(sink, state);
        StandaloneActivityCodec.Write(sink, state);
        return sink.Detach();
    }

    /// <exception cref="JournalException">The bytes are damaged.</exception>
    public static RunState Decode(RunKey key, ReadOnlySpan<byte> bytes)
    {
        var source = new ByteSource(bytes);
        var state = ReadIdentity(ref source, key);
        state = ReadProgress(ref source, state);
        state = PendingWork.Read(ref source, state);
        state = ReadProperties(ref source, state);
        state = ControlCodec.Read(ref source, state);
        state = state with { Nexus = NexusCodec.Read(ref source) };
        state = state with { Updates = UpdatesCodec.Read(ref source) };
        state = state with { Versioning = VersioningCodec.Read(ref source) };
        state = TimeSkippingCodec.Read(ref source, state);
        state = ResetCodec.Read(ref source, state);
        state = StandaloneActivityCodec.Read(ref source, state);
        return source.IsAtEnd ? state : throw new JournalException($"The snapshot of {key} is longer than its state.");
    }

    private static void WriteIdentity(ByteSink sink, RunState state)
    {
        sink.Message(state.Started);
        sink.Time(state.StartedAt);
        sink.OptionalMessage(state.UserMetadata);
        sink.Text(state.StartRequestId);
        sink.Number((int)state.Status);
        sink.OptionalMessage(state.CloseEvent);
    }

    private static RunState ReadIdentity(ref ByteSource source, RunKey key) => new()
    {
        Birth = ReadBirth(ref source, key),
        Status = (WorkflowExecutionStatus)source.Int32(),
        CloseEvent = source.OptionalMessage(HistoryEvent.Parser),
    };

    private static RunBirth ReadBirth(ref ByteSource source, RunKey key)
    {
        var started = source.Message(WorkflowExecutionStartedEventAttributes.Parser);
        var startedAt = source.Time();
        var metadata = source.OptionalMessage(UserMetadata.Parser);
        return new RunBirth(key, started, startedAt, source.Text(), metadata);
    }

    private static void WriteProgress(ByteSink sink, RunState state)
    {
        sink.Number(state.NextEventId);
        sink.Number(state.HistorySize);
        sink.Number(state.Transitions);
        sink.Number(state.PreviousStartedEventId);
        sink.Number(state.LastCompletedTaskEventId);
        sink.Number(state.TaskFailuresInARow);
        sink.Flag(state.IsClosing);
        sink.Flag(state.FirstTaskScheduled);
        sink.Flag(state.IsParentInformed);
        sink.Flag(state.IsDeletionRequested);
        sink.Flag(state.CancelRequested);
        sink.Number(state.SignalCount);
        sink.Number(state.PendingExternalSignals);
        sink.Number(state.PendingExternalCancels);
        sink.Number(state.UnstartedChildren);
    }

    private static RunState ReadProgress(ref ByteSource source, RunState state) => state with
    {
        NextEventId = source.Number(),
        HistorySize = source.Number(),
        Transitions = source.Number(),
        PreviousStartedEventId = source.Number(),
        LastCompletedTaskEventId = source.Number(),
        TaskFailuresInARow = source.Int32(),
        IsClosing = source.Flag(),
        FirstTaskScheduled = source.Flag(),
        IsParentInformed = source.Flag(),
        IsDeletionRequested = source.Flag(),
        CancelRequested = source.Flag(),
        SignalCount = source.Number(),
        PendingExternalSignals = source.Int32(),
        PendingExternalCancels = source.Int32(),
        UnstartedChildren = source.Int32(),
    };

    private static void WriteProperties(ByteSink sink, RunState state)
    {
        StateCollections.WriteTexts(sink, state.SignalRequestIds);
        StateCollections.WriteIds(sink, state.AttachedRequestIds);
        StateCollections.WritePayloads(sink, state.Memo);
        StateCollections.WritePayloads(sink, state.SearchAttributes);
        StateCollections.WriteNumbers(sink, state.PendingDeliveries);
    }

    private static RunState ReadProperties(ref ByteSource source, RunState state) => state with
    {
        SignalRequestIds = StateCollections.ReadTexts(ref source),
        AttachedRequestIds = StateCollections.ReadIds(ref source),
        Memo = StateCollections.ReadPayloads(ref source),
        SearchAttributes = StateCollections.ReadPayloads(ref source),
        PendingDeliveries = StateCollections.ReadNumbers(ref source),
    };
}
