using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>A run's Nexus operations and completion callbacks as bytes.</summary>
internal static class NexusCodec
{
    public static void Write(ByteSink sink, NexusState nexus)
    {
        sink.Unsigned((ulong)nexus.Operations.Count);
        foreach (var operation in nexus.Operations.Values.OrderBy(o => o.ScheduledEventId))
        {
            WriteOperation(sink, operation);
        }

        sink.Number(nexus.RequestsDue);
        sink.Unsigned((ulong)nexus.Callbacks.Count);
        foreach (var callback in nexus.Callbacks.Values.OrderBy(c => c.Number))
        {
            WriteCallback(sink, callback);
        }

        sink.Number(nexus.CallbacksDue);
        sink.Unsigned((ulong)nexus.CallbackDeadlines.Count);
        foreach (var deadline in nexus.CallbackDeadlines)
        {
            PendingWork.WriteDeadline(sink, deadline);
        }

        sink.Flag(nexus.Standalone is not null);
        if (nexus.Standalone is { } standalone)
        {
            WriteStandalone(sink, standalone);
        }
    }

    public static NexusState Read(ref ByteSource source)
    {
        var operations = ImmutableDictionary.CreateBuilder<long, NexusOperation>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var operation = ReadOperation(ref source);
            operations.Add(operation.ScheduledEventId, operation);
        }

        var requestsDue = source.Int32();
        var callbacks = ImmutableDictionary.CreateBuilder<long, CompletionCallback>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            var callback = ReadCallback(ref source);
            callbacks.Add(callback.Number, callback);
        }

        var callbacksDue = source.Int32();
        var deadlines = ImmutableSortedSet.CreateBuilder<Deadline>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            deadlines.Add(PendingWork.ReadDeadline(ref source));
        }

        return new NexusState
        {
            Operations = operations.ToImmutable(),
            RequestsDue = requestsDue,
            Callbacks = callbacks.ToImmutable(),
            CallbacksDue = callbacksDue,
            CallbackDeadlines = deadlines.ToImmutable(),
            Standalone = source.Flag() ? ReadStandalone(ref source) : null,
        };
    }

    private static void WriteStandalone(ByteSink sink, StandaloneOperation standalone)
    {
        sink.Text(standalone.Identity);
        WriteRequest(sink, standalone.CancelRequest);
        WriteRequest(sink, standalone.TerminateRequest);
        sink.Flag(standalone.Final is not null);
        if (standalone.Final is { } final)
        {
            WriteOperation(sink, final);
        }

        sink.OptionalMessage(standalone.Result);
        sink.OptionalMessage(standalone.Failure);
        sink.Unsigned((ulong)standalone.Links.Count);
        foreach (var link in standalone.Links)
        {
            sink.Message(link);
        }
    }

    private static StandaloneOperation ReadStandalone(ref ByteSource source)
    {
        var standalone = new StandaloneOperation
        {
            Identity = source.Text(),
            CancelRequest = ReadRequest(ref source),
            TerminateRequest = ReadRequest(ref source),
            Final = source.Flag() ? ReadOperation(ref source) : null,
            Result = source.OptionalMessage(Payload.Parser),
            Failure = source.OptionalMessage(Failure.Parser),
        };
        var links = ImmutableList.CreateBuilder<Link>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            links.Add(source.Message(Link.Parser));
        }

        return standalone with { Links = links.ToImmutable() };
    }

    private static void WriteRequest(ByteSink sink, OperationRequest? request)
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

    private static OperationRequest? ReadRequest(ref ByteSource source) => source.Flag()
        ? new OperationRequest(source.Text(), source.Text(), source.Text(), source.Time())
        : null;

    private static void WriteOperation(ByteSink sink, NexusOperation operation)
    {
        sink.Number(operation.ScheduledEventId);
        sink.Message(operation.Attributes);
        sink.Time(operation.ScheduledAt);
        sink.Number((int)operation.Phase);
        sink.Number(operation.Attempts);
        sink.OptionalTime(operation.LastAttemptAt);
        sink.OptionalMessage(operation.LastFailure);
        sink.OptionalTime(operation.NextAttemptAt);
        sink.OptionalTime(operation.StartedAt);
        sink.Text(operation.Token);
        sink.Flag(operation.Cancellation is not null);
        if (operation.Cancellation is { } cancellation)
        {
            WriteCancellation(sink, cancellation);
        }
    }

    private static NexusOperation ReadOperation(ref ByteSource source) => new()
    {
        ScheduledEventId = source.Number(),
        Attributes = source.Message(NexusOperationScheduledEventAttributes.Parser),
        ScheduledAt = source.Time(),
        Phase = (NexusOperationPhase)source.Int32(),
        Attempts = source.Int32(),
        LastAttemptAt = source.OptionalTime(),
        LastFailure = source.OptionalMessage(Failure.Parser),
        NextAttemptAt = source.OptionalTime(),
        StartedAt = source.OptionalTime(),
        Token = source.Text(),
        Cancellation = source.Flag() ? ReadCancellation(ref source) : null,
    };

    private static void WriteCancellation(ByteSink sink, NexusCancellation cancellation)
    {
        sink.Number(cancellation.RequestedEventId);
        sink.OptionalTime(cancellation.RequestedAt);
        sink.Number((int)cancellation.Phase);
        sink.Number(cancellation.Attempts);
        sink.OptionalTime(cancellation.LastAttemptAt);
        sink.OptionalMessage(cancellation.LastFailure);
        sink.OptionalTime(cancellation.NextAttemptAt);
    }

    private static NexusCancellation ReadCancellation(ref ByteSource source) => new()
    {
        RequestedEventId = source.Number(),
        RequestedAt = source.OptionalTime(),
        Phase = (NexusCancellationPhase)source.Int32(),
        Attempts = source.Int32(),
        LastAttemptAt = source.OptionalTime(),
        LastFailure = source.OptionalMessage(Failure.Parser),
        NextAttemptAt = source.OptionalTime(),
    };

    private static void WriteCallback(ByteSink sink, CompletionCallback callback)
    {
        sink.Number(callback.Number);
        sink.Message(callback.Callback);
        sink.Text(callback.RequestId);
        sink.Time(callback.RegisteredAt);
        sink.Text(callback.UpdateId);
        sink.OptionalMessage(callback.Outcome);
        sink.OptionalTime(callback.EndedAt);
        sink.Number((int)callback.Phase);
        sink.Number(callback.Attempts);
        sink.OptionalTime(callback.LastAttemptAt);
        sink.Text(callback.LastFailure);
        sink.OptionalTime(callback.NextAttemptAt);
    }

    private static CompletionCallback ReadCallback(ref ByteSource source) => new()
    {
        Number = source.Number(),
        Callback = source.Message(Callback.Parser),
        RequestId = source.Text(),
        RegisteredAt = source.Time(),
        UpdateId = source.Text(),
        Outcome = source.OptionalMessage(Outcome.Parser),
        EndedAt = source.OptionalTime(),
        Phase = (CompletionCallbackPhase)source.Int32(),
        Attempts = source.Int32(),
        LastAttemptAt = source.OptionalTime(),
        LastFailure = source.Text(),
        NextAttemptAt = source.OptionalTime(),
    };
}
