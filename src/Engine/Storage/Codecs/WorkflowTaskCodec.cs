using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>The pending workflow task as bytes.</summary>
internal static class WorkflowTaskCodec
{
    public static void Write(ByteSink sink, WorkflowTask? task)
    {
        sink.Flag(task is not null);
        if (task is null)
        {
            return;
        }

        sink.Number(task.ScheduledEventId);
        sink.Number(task.Attempt);
        sink.Time(task.ScheduledAt);
        sink.Time(task.OriginalScheduledAt);
        sink.Span(task.StartToClose);
        sink.Flag(task.IsTransient);
        sink.OptionalText(task.StickyQueue);
        sink.OptionalTime(task.ScheduleToStartDeadline);
        sink.Number(task.StartedEventId);
        sink.Time(task.StartedAt);
        sink.Text(task.Identity);
        sink.Text(task.RequestId);
        sink.Flag(task.SuggestContinueAsNew);
        sink.Number(task.HistorySizeBytes);
    }

    public static WorkflowTask? Read(ref ByteSource source) => !source.Flag()
        ? null
        : new WorkflowTask
        {
            ScheduledEventId = source.Number(),
            Attempt = source.Int32(),
            ScheduledAt = source.Time(),
            OriginalScheduledAt = source.Time(),
            StartToClose = source.Span(),
            IsTransient = source.Flag(),
            StickyQueue = source.OptionalText(),
            ScheduleToStartDeadline = source.OptionalTime(),
            StartedEventId = source.Number(),
            StartedAt = source.Time(),
            Identity = source.Text(),
            RequestId = source.Text(),
            SuggestContinueAsNew = source.Flag(),
            HistorySizeBytes = source.Number(),
        };
}
