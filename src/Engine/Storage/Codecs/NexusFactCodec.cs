using AugmentedOS.Engine.Executions.Facts;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>What facts about Nexus operations and completion callbacks write. The order of a body's fields is the
/// format: new ones go last.</summary>
internal static class NexusFactCodec
{
    public static FactTag TagOf(NexusFact fact) => fact switch
    {
        NexusAttemptFailed => FactTag.NexusAttemptFailed,
        NexusAttemptScheduled => FactTag.NexusAttemptScheduled,
        NexusCancelAttemptFailed => FactTag.NexusCancelAttemptFailed,
        NexusCancelAttemptScheduled => FactTag.NexusCancelAttemptScheduled,
        NexusCancelSettled => FactTag.NexusCancelSettled,
        CallbackAttemptFailed => FactTag.CallbackAttemptFailed,
        CallbackAttemptScheduled => FactTag.CallbackAttemptScheduled,
        CallbackSucceeded => FactTag.CallbackSucceeded,
        StandaloneOperationBegan => FactTag.StandaloneOperationBegan,
        StandaloneOperationAsked => FactTag.StandaloneOperationAsked,
        _ => throw new InvalidOperationException($"A fact of type {fact.GetType().Name} has no encoding."),
    };

    public static void WriteBody(NexusFact fact, ByteSink sink)
    {
        switch (fact)
        {
            case NexusAttemptFailed failed:
                WriteFailed(sink, failed.ScheduledEventId, failed.At, failed.NextAttemptAt, failed.Failure);
                break;
            case NexusCancelAttemptFailed failed:
                WriteFailed(sink, failed.ScheduledEventId, failed.At, failed.NextAttemptAt, failed.Failure);
                break;
            case NexusAttemptScheduled scheduled:
                sink.Number(scheduled.ScheduledEventId);
                break;
            case NexusCancelAttemptScheduled scheduled:
                sink.Number(scheduled.ScheduledEventId);
                break;
            case NexusCancelSettled settled:
                sink.Number(settled.ScheduledEventId);
                sink.Time(settled.At);
                sink.OptionalMessage(settled.Failure);
                break;
            case CallbackAttemptFailed failed:
                sink.Number(failed.Number);
                sink.Time(failed.At);
                sink.OptionalTime(failed.NextAttemptAt);
                sink.Text(failed.Message);
                break;
            case CallbackAttemptScheduled scheduled:
                sink.Number(scheduled.Number);
                break;
            case CallbackSucceeded succeeded:
                sink.Number(succeeded.Number);
                sink.Time(succeeded.At);
                break;
            case StandaloneOperationBegan began:
                sink.Text(began.Identity);
                break;
            case StandaloneOperationAsked asked:
                sink.Flag(asked.IsTermination);
                sink.Text(asked.RequestId);
                sink.Text(asked.Identity);
                sink.Text(asked.Reason);
                sink.Time(asked.At);
                break;
            default:
                break; // TagOf has rejected the unknown.
        }
    }

    public static NexusFact ReadBody(FactTag tag, ref ByteSource source) => tag switch
    {
        FactTag.NexusAttemptFailed => new NexusAttemptFailed(
            source.Number(), source.Time(), source.Time(), source.Message(Failure.Parser)),
        FactTag.NexusAttemptScheduled => new NexusAttemptScheduled(source.Number()),
        FactTag.NexusCancelAttemptFailed => new NexusCancelAttemptFailed(
            source.Number(), source.Time(), source.Time(), source.Message(Failure.Parser)),
        FactTag.NexusCancelAttemptScheduled => new NexusCancelAttemptScheduled(source.Number()),
        FactTag.NexusCancelSettled => new NexusCancelSettled(
            source.Number(), source.Time(), source.OptionalMessage(Failure.Parser)),
        FactTag.CallbackAttemptFailed => new CallbackAttemptFailed(
            source.Number(), source.Time(), source.OptionalTime(), source.Text()),
        FactTag.CallbackAttemptScheduled => new CallbackAttemptScheduled(source.Number()),
        FactTag.CallbackSucceeded => new CallbackSucceeded(source.Number(), source.Time()),
        FactTag.StandaloneOperationBegan => new StandaloneOperationBegan(source.Text()),
        FactTag.StandaloneOperationAsked => new StandaloneOperationAsked(
            source.Flag(), source.Text(), source.Text(), source.Text(), source.Time()),
        _ => throw new JournalException($"Tag {(byte)tag} is no fact about Nexus."),
    };

    private static void WriteFailed(
        ByteSink sink, long scheduledEventId, Instant at, Instant nextAttemptAt, Failure failure)
    {
        sink.Number(scheduledEventId);
        sink.Time(at);
        sink.Time(nextAttemptAt);
        sink.Message(failure);
    }
}
