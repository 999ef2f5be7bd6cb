using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.ActivityControl;
using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>What operators do to activities, as bytes: the facts, and what an activity's state remembers of them.</summary>
internal static class ActivityControlCodec
{
    public static void WriteBody(Fact fact, ByteSink sink)
    {
        switch (fact)
        {
            case ActivityPaused paused:
                sink.Number(paused.ScheduledEventId);
                sink.Time(paused.At);
                sink.Text(paused.Identity);
                sink.Text(paused.Reason);
                sink.Text(paused.RequestId);
                break;
            case ActivityUnpaused unpaused:
                sink.Number(unpaused.ScheduledEventId);
                sink.Time(unpaused.At);
                sink.Time(unpaused.DueAt);
                sink.Flag(unpaused.ResetAttempts);
                sink.Flag(unpaused.ResetHeartbeat);
                break;
            case ActivityWasReset reset:
                sink.Number(reset.ScheduledEventId);
                sink.Time(reset.At);
                sink.Time(reset.DueAt);
                sink.Flag(reset.ResetHeartbeat);
                sink.Flag(reset.KeepPaused);
                break;
            case ActivityOptionsChanged changed:
                sink.Number(changed.ScheduledEventId);
                sink.Time(changed.At);
                sink.Message(changed.Attributes);
                break;
            default:
                break;
        }
    }

    public static Fact ReadBody(FactTag tag, ref ByteSource source) => tag switch
    {
        FactTag.ActivityPaused => new ActivityPaused(
            source.Number(), source.Time(), source.Text(), source.Text(), source.Text()),
        FactTag.ActivityUnpaused => new ActivityUnpaused(
            source.Number(), source.Time(), source.Time(), source.Flag(), source.Flag()),
        FactTag.ActivityWasReset => new ActivityWasReset(
            source.Number(), source.Time(), source.Time(), source.Flag(), source.Flag()),
        _ => new ActivityOptionsChanged(
            source.Number(), source.Time(), source.Message(ActivityTaskScheduledEventAttributes.Parser)),
    };

    public static void Write(ByteSink sink, PendingActivity activity)
    {
        sink.Span(activity.StartDelay);
        sink.OptionalMessage(activity.Original);
        sink.Flag(activity.IsReset);
        sink.Flag(activity.ForgetsHeartbeat);
        sink.Flag(activity.Pause is not null);
        if (activity.Pause is { } pause)
        {
            sink.Time(pause.At);
            sink.Text(pause.Identity);
            sink.Text(pause.Reason);
            sink.Text(pause.RequestId);
        }
    }

    public static PendingActivity Read(ref ByteSource source, PendingActivity activity) => activity with
    {
        StartDelay = source.Span(),
        Original = source.OptionalMessage(ActivityTaskScheduledEventAttributes.Parser),
        IsReset = source.Flag(),
        ForgetsHeartbeat = source.Flag(),
        Pause = source.Flag()
            ? new ActivityPause(source.Time(), source.Text(), source.Text(), source.Text())
            : null,
    };
}
