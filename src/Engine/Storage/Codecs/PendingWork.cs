using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Sdk.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>
/// What a state waits for, as bytes: its workflow task, buffered events, activities, timers, children.
/// </summary>
internal static class PendingWork
{
    public static void Write(ByteSink sink, RunState state)
    {
        WorkflowTaskCodec.Write(sink, state.Task);
        sink.Flag(state.Sticky is not null);
        if (state.Sticky is { } sticky)
        {
            sink.Text(sticky.Name);
            sink.Span(sticky.ScheduleToStart);
        }

        sink.Number(state.BufferedBytes);
        WriteAll(sink, state.Buffered, static (sink, waiting) => sink.Message(waiting));
        WriteAll(sink, state.Activities.Values.OrderBy(a => a.ScheduledEventId), WriteActivity);
        StateCollections.WriteIds(sink, state.ActivityIds);
        WriteAll(sink, state.Timers.Values.OrderBy(t => t.StartedEventId), WriteTimer);
        WriteAll(sink, state.Children.Values.OrderBy(c => c.InitiatedEventId), WriteChild);
        WriteAll(sink, state.Externals.Values.OrderBy(e => e.InitiatedEventId), WriteExternal);
        WriteAll(sink, state.Deadlines, WriteDeadline);
    }

    public static RunState Read(ref ByteSource source, RunState state) => state with
    {
        Task = WorkflowTaskCodec.Read(ref source),
        Sticky = source.Flag() ? new StickyQueue(source.Text(), source.Span()) : null,
        BufferedBytes = source.Number(),
        Buffered = [.. ReadAll(ref source, static (ref source) => source.Message(HistoryEvent.Parser))],
        Activities = ReadAll(ref source, ReadActivity).ToImmutableDictionary(a => a.ScheduledEventId),
        ActivityIds = StateCollections.ReadIds(ref source),
        Timers = ReadAll(ref source, ReadTimer).ToImmutableDictionary(t => t.TimerId),
        Children = ReadAll(ref source, ReadChild).ToImmutableDictionary(c => c.InitiatedEventId),
        Externals = ReadAll(ref source, ReadExternal).ToImmutableDictionary(e => e.InitiatedEventId),
        Deadlines = [.. ReadAll(ref source, ReadDeadline)],
    };

    internal static void WriteActivity(ByteSink sink, PendingActivity activity)
    {
        sink.Number(activity.ScheduledEventId);
        sink.Message(activity.Attributes);
        sink.Time(activity.FirstScheduledAt);
        sink.Time(activity.ScheduledAt);
        sink.Number(activity.Attempt);
        sink.Flag(activity.WaitsForRetry);
        sink.OptionalTime(activity.StartedAt);
        sink.Text(activity.Identity);
        sink.Text(activity.RequestId);
        sink.OptionalMessage(activity.HeartbeatDetails);
        sink.OptionalTime(activity.LastHeartbeatAt);
        sink.OptionalMessage(activity.LastFailure);
        sink.OptionalTime(activity.LastAttemptCompletedAt);
        sink.Text(activity.LastWorkerIdentity);
        sink.Number(activity.CancelRequestedEventId);
        ActivityControlCodec.Write(sink, activity);
    }

    internal static PendingActivity ReadActivity(ref ByteSource source)
    {
        var activity = ReadPlainActivity(ref source);
        return ActivityControlCodec.Read(ref source, activity);
    }

    private static PendingActivity ReadPlainActivity(ref ByteSource source) => new()
    {
        ScheduledEventId = source.Number(),
        Attributes = source.Message(ActivityTaskScheduledEventAttributes.Parser),
        FirstScheduledAt = source.Time(),
        ScheduledAt = source.Time(),
        Attempt = source.Int32(),
        WaitsForRetry = source.Flag(),
        StartedAt = source.OptionalTime(),
        Identity = source.Text(),
        RequestId = source.Text(),
        HeartbeatDetails = source.OptionalMessage(Payloads.Parser),
        LastHeartbeatAt = source.OptionalTime(),
        LastFailure = source.OptionalMessage(Failure.Parser),
        LastAttemptCompletedAt = source.OptionalTime(),
        LastWorkerIdentity = source.Text(),
        CancelRequestedEventId = source.Number(),
    };

    private static void WriteTimer(ByteSink sink, PendingTimer timer)
    {
        sink.Text(timer.TimerId);
        sink.Number(timer.StartedEventId);
        sink.Time(timer.FiresAt);
    }

    private static PendingTimer ReadTimer(ref ByteSource source) => new(source.Text(), source.Number(), source.Time());

    private static void WriteChild(ByteSink sink, PendingChild child)
    {
        sink.Number(child.InitiatedEventId);
        sink.Message(child.Attributes);
        sink.OptionalMessage(child.UserMetadata);
        sink.Flag(child.Run is not null);
        if (child.Run is { } run)
        {
            sink.Guid(run.Value);
        }

        sink.Number(child.StartedEventId);
    }

    private static PendingChild ReadChild(ref ByteSource source) => new(
        source.Number(),
        source.Message(StartChildWorkflowExecutionInitiatedEventAttributes.Parser),
        source.OptionalMessage(UserMetadata.Parser),
        source.Flag() ? new RunId(source.Guid()) : null,
        source.Number());

    private static void WriteExternal(ByteSink sink, PendingExternal external)
    {
        sink.Number(external.InitiatedEventId);
        sink.OptionalMessage(external.Signal);
        sink.OptionalMessage(external.Cancel);
    }

    private static PendingExternal ReadExternal(ref ByteSource source) => new(
        source.Number(),
        source.OptionalMessage(SignalExternalWorkflowExecutionInitiatedEventAttributes.Parser),
        source.OptionalMessage(RequestCancelExternalWorkflowExecutionInitiatedEventAttributes.Parser));

    internal static void WriteDeadline(ByteSink sink, Deadline deadline)
    {
        sink.Time(deadline.At);
        sink.Number((int)deadline.Kind);
        sink.Number(deadline.EventId);
        sink.OptionalText(deadline.TimerId);
    }

    internal static Deadline ReadDeadline(ref ByteSource source) => new(
        source.Time(), (DeadlineKind)source.Int32(), source.Number(), source.OptionalText());

    private delegate T Reader<out T>(ref ByteSource source);

    private static void WriteAll<T>(ByteSink sink, IEnumerable<T> items, Action<ByteSink, T> write)
    {
        sink.Unsigned((ulong)items.Count());
        foreach (var item in items)
        {
            write(sink, item);
        }
    }

    private static List<T> ReadAll<T>(ref ByteSource source, Reader<T> read)
    {
        var items = new List<T>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            items.Add(read(ref source));
        }

        return items;
    }
}
