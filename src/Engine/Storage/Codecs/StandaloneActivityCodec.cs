using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.StandaloneActivities;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using PropagatedSerializationContext = Temporalio.Api.Nexus.V1.PropagatedSerializationContext;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>What only activities without a workflow have, as bytes: the facts, and what a run's state keeps of them.</summary>
internal static class StandaloneActivityCodec
{
    public static FactTag TagOf(StandaloneActivityFact fact) => fact switch
    {
        StandaloneActivityBegan => FactTag.StandaloneActivityBegan,
        StandaloneActivityAsked => FactTag.StandaloneActivityAsked,
        StandaloneActivityTaken => FactTag.StandaloneActivityTaken,
        StandaloneResetDeferred => FactTag.StandaloneResetDeferred,
        StartDelayChanged => FactTag.StartDelayChanged,
        _ => throw new InvalidOperationException($"A fact of type {fact.GetType().Name} has no encoding."),
    };

    public static void WriteBody(StandaloneActivityFact fact, ByteSink sink)
    {
        switch (fact)
        {
            case StandaloneActivityBegan began:
                sink.Span(began.StartDelay);
                sink.OptionalMessage(began.SerializationContext);
                sink.Flag(began.IsEager);
                break;
            case StandaloneActivityAsked asked:
                sink.Number((int)asked.Kind);
                sink.Text(asked.RequestId);
                sink.Text(asked.Identity);
                sink.Text(asked.Reason);
                sink.Time(asked.At);
                break;
            case StandaloneActivityTaken taken:
                WriteWorker(sink, taken.Worker);
                break;
            case StandaloneResetDeferred deferred:
                sink.Flag(deferred.RestoresOptions);
                sink.Flag(deferred.ResetsHeartbeat);
                sink.Flag(deferred.KeepsPaused);
                break;
            case StartDelayChanged changed:
                sink.Span(changed.Delay);
                sink.Time(changed.At);
                break;
            default:
                break; // TagOf has rejected the unknown.
        }
    }

    public static StandaloneActivityFact ReadBody(FactTag tag, ref ByteSource source) => tag switch
    {
        FactTag.StandaloneActivityBegan => new StandaloneActivityBegan(
            source.Span(),
            source.OptionalMessage(PropagatedSerializationContext.Parser),
            !source.IsAtEnd && source.Flag()),
        FactTag.StandaloneActivityAsked => new StandaloneActivityAsked(
            (ActivityRequestKind)source.Int32(), source.Text(), source.Text(), source.Text(), source.Time()),
        FactTag.StandaloneActivityTaken => new StandaloneActivityTaken(ReadWorker(ref source)),
        FactTag.StandaloneResetDeferred => new StandaloneResetDeferred(source.Flag(), source.Flag(), source.Flag()),
        FactTag.StartDelayChanged => new StartDelayChanged(source.Span(), source.Time()),
        _ => throw new JournalException($"Tag {(byte)tag} is no fact about an activity without a workflow."),
    };

    public static void Write(ByteSink sink, RunState state)
    {
        sink.Flag(state.Activity is not null);
        if (state.Activity is { } standalone)
        {
            WriteActivity(sink, standalone);
        }
    }

    public static RunState Read(ref ByteSource source, RunState state) =>
        source.Flag() ? state with { Activity = ReadActivity(ref source) } : state;

    private static void WriteActivity(ByteSink sink, StandaloneActivity standalone)
    {
        sink.Span(standalone.StartDelay);
        sink.Span(standalone.OriginalStartDelay);
        sink.OptionalMessage(standalone.SerializationContext);
        sink.Flag(standalone.IsEager);
        sink.OptionalTime(standalone.FirstStartedAt);
        sink.OptionalTime(standalone.LastStartedAt);
        sink.Flag(standalone.Worker is not null);
        if (standalone.Worker is { } worker)
        {
            WriteWorker(sink, worker);
        }

        sink.Number(standalone.Heartbeats);
        WriteRequest(sink, standalone.CancelRequest);
        WriteRequest(sink, standalone.TerminateRequest);
        sink.Text(standalone.PauseRequestId);
        sink.Text(standalone.UnpauseRequestId);
        sink.Text(standalone.ResetRequestId);
        sink.Text(standalone.UpdateRequestId);
        sink.Flag(standalone.RestoresOptions);
        WriteEnd(sink, standalone);
    }

    private static StandaloneActivity ReadActivity(ref ByteSource source)
    {
        var standalone = new StandaloneActivity
        {
            StartDelay = source.Span(),
            OriginalStartDelay = source.Span(),
            SerializationContext = source.OptionalMessage(PropagatedSerializationContext.Parser),
            IsEager = source.Flag(),
            FirstStartedAt = source.OptionalTime(),
            LastStartedAt = source.OptionalTime(),
            Worker = source.Flag() ? ReadWorker(ref source) : null,
            Heartbeats = source.Number(),
            CancelRequest = ReadRequest(ref source),
            TerminateRequest = ReadRequest(ref source),
            PauseRequestId = source.Text(),
            UnpauseRequestId = source.Text(),
            ResetRequestId = source.Text(),
            UpdateRequestId = source.Text(),
            RestoresOptions = source.Flag(),
        };
        return ReadEnd(ref source, standalone);
    }

    private static void WriteEnd(ByteSink sink, StandaloneActivity standalone)
    {
        sink.Flag(standalone.Final is not null);
        if (standalone.Final is { } final)
        {
            PendingWork.WriteActivity(sink, final);
        }

        sink.OptionalMessage(standalone.Result);
        sink.OptionalMessage(standalone.Failure);
        sink.Number((int)standalone.RetryState);
        sink.Unsigned((ulong)standalone.Links.Count);
        foreach (var link in standalone.Links)
        {
            sink.Message(link);
        }
    }

    private static StandaloneActivity ReadEnd(ref ByteSource source, StandaloneActivity standalone)
    {
        standalone = standalone with
        {
            Final = source.Flag() ? PendingWork.ReadActivity(ref source) : null,
            Result = source.OptionalMessage(Payloads.Parser),
            Failure = source.OptionalMessage(Failure.Parser),
            RetryState = (RetryState)source.Int32(),
        };
        var links = ImmutableList.CreateBuilder<Link>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            links.Add(source.Message(Link.Parser));
        }

        return standalone with { Links = links.ToImmutable() };
    }

    private static void WriteWorker(ByteSink sink, AttemptWorker worker)
    {
        sink.Text(worker.SdkName);
        sink.Text(worker.SdkVersion);
        sink.Text(worker.Deployment);
        sink.Text(worker.BuildId);
    }

    private static AttemptWorker ReadWorker(ref ByteSource source) =>
        new(source.Text(), source.Text(), source.Text(), source.Text());

    private static void WriteRequest(ByteSink sink, ActivityRequest? request)
    {
        sink.Flag(request is not null);
        if (request is not null)
        {
            sink.Text(request.RequestId);
            sink.Text(request.Identity);
            sink.Text(request.Reason);
            sink.Time(request.At);
        }
    }

    private static ActivityRequest? ReadRequest(ref ByteSource source) => source.Flag()
        ? new ActivityRequest(source.Text(), source.Text(), source.Text(), source.Time())
        : null;
}
