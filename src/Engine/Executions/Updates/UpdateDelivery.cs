using System.Collections.Immutable;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Protocol.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>How updates get to a worker: as messages beside a workflow task.</summary>
internal static class UpdateDelivery
{
    /// <summary>The id of the message that carries an update's request.</summary>
    public static string RequestMessageId(string updateId) => $"{updateId}/request";

    /// <summary>Whether something waits for a workflow task.</summary>
    public static bool HasOutgoing(RunState state, ImmutableList<InFlightUpdate> updates) =>
        updates.Exists(update => !update.IsSent)
        || state.Updates.Admitted.Values.Any(id => !updates.Exists(update => update.Id == id));

    /// <summary>The messages for the task that has just been started, and the updates as they are afterwards: all
    /// sent.</summary>
    /// <param name="includeSent">Whether what an earlier task brought goes out again: that task failed or got lost. Not so
    /// after a heartbeat, whose worker has them.</param>
    public static (IReadOnlyList<Message> Messages, ImmutableList<InFlightUpdate> Updates) Send(
        RunState state, ImmutableList<InFlightUpdate> updates, bool includeSent)
    {
        updates = WithAdmittedEvents(state, updates);
        if (updates.IsEmpty)
        {
            return ([], updates);
        }

        var messages = updates
            .Where(update => update.Request is not null && (includeSent || !update.IsSent))
            .Select(update => ToMessage(update, state.Task!.StartedEventId - 1))
            .ToList();
        return (messages, updates.ConvertAll(update => update.IsSent ? update : update with { IsSent = true }));
    }

    /// <summary>A worker reads what a reset put into history there; that it now has it must be remembered all the
    /// same. Such updates are older than any other.</summary>
    private static ImmutableList<InFlightUpdate> WithAdmittedEvents(
        RunState state, ImmutableList<InFlightUpdate> updates)
    {
        var admitted = state.Updates.Admitted;
        return admitted.IsEmpty
            ? updates
            : updates.InsertRange(0, admitted.Values
                .Where(id => !updates.Exists(update => update.Id == id))
                .Select(id => new InFlightUpdate(id, Request: null)));
    }

    private static Message ToMessage(InFlightUpdate update, long sequencingEventId) => new()
    {
        Id = RequestMessageId(update.Id),
        ProtocolInstanceId = update.Id,
        EventId = sequencingEventId,
        Body = Any.Pack(update.Request!),
    };
}
