using System.Collections.Immutable;
using AugmentedOS.Engine.Executions.Commands;
using AugmentedOS.Engine.Executions.Facts;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using RejectionMessage = Temporalio.Api.Update.V1.Rejection;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>What a worker says of updates with one completed workflow task, while it takes effect.</summary>
internal sealed class UpdateBatch
{
    private readonly Draft _draft;
    private readonly List<Message> _messages;
    private readonly Dictionary<string, string> _answered = new(StringComparer.Ordinal);

    public UpdateBatch(Draft draft, IEnumerable<Message> messages)
    {
        _draft = draft;
        _messages = [.. messages];
        Waiting = draft.Context.Updates;
    }

    /// <summary>The updates that are still not answered.</summary>
    public ImmutableList<InFlightUpdate> Waiting { get; private set; }

    /// <summary>The updates that ended without an event.</summary>
    public ImmutableList<EndedUpdate> Ended { get; private set; } = [];

    /// <summary>Whether something waits for the next workflow task.</summary>
    public bool HasOutgoing => UpdateDelivery.HasOutgoing(_draft.State, Waiting);

    /// <summary>The message that a command names takes effect now.</summary>
    public CommandFailure? Apply(string messageId)
    {
        var index = _messages.FindIndex(message => message.Id == messageId);
        if (index < 0)
        {
            return Bad($"ProtocolMessageCommand referenced absent message ID {messageId}");
        }

        var message = _messages[index];
        _messages.RemoveAt(index);
        return Apply(message);
    }

    /// <summary>Messages that no command names take effect after all commands.</summary>
    public CommandFailure? ApplyRest()
    {
        foreach (var message in _messages)
        {
            if (Apply(message) is { } failure)
            {
                return failure;
            }
        }

        _messages.Clear();
        return null;
    }

    /// <summary>What was sent and is not answered now never will be: this worker does not know of updates.</summary>
    public void RejectUnprocessed()
    {
        foreach (var update in Waiting.Where(update => update.IsSent))
        {
            Reject(update.Id, UpdateProgress.Completed.Failed(UpdateFailures.Unprocessed()));
        }
    }

    /// <summary>The messages for the task that was just started in the same transition.</summary>
    public IReadOnlyList<Message> Send(RunState state, bool includeSent)
    {
        var (messages, updates) = UpdateDelivery.Send(state, Waiting, includeSent);
        Waiting = updates;
        return messages;
    }

    private CommandFailure? Apply(Message message)
    {
        if (message.Body.CalculateSize() > _draft.Context.Limits.BlobSizeError)
        {
            return Bad($"Message type {WorkerMessage.TypeOf(message.Body)} exceeds size limit.") with
            {
                TerminatesRun = true,
            };
        }

        if (WorkerMessage.Read(message, out var body) is { } unreadable)
        {
            return Bad(unreadable);
        }

        var id = message.ProtocolInstanceId;
        return (StageOf(id) is null ? Resurrect(id, body!) : null) ?? Apply(id, body!);
    }

    private CommandFailure? Apply(string id, IMessage body)
    {
        if (_draft.State.IsClosed && body is not RejectionMessage)
        {
            // Nothing can follow the close event. What was accepted fails as all that a closed run leaves unfinished.
            End(id, new UpdateProgress.Aborted(UpdateRejections.AbortedByClosing()), "Aborted");
            return null;
        }

        return body switch
        {
            Acceptance acceptance => Accept(id, acceptance),
            RejectionMessage rejection => Reject(id, rejection),
            _ => Complete(id, (Response)body),
        };
    }

    private CommandFailure? Accept(string id, Acceptance acceptance)
    {
        if ((NotIn(id, "Acceptance", "Sent", "Admitted") ?? MessageRules.Problem(acceptance)) is { } problem)
        {
            return Bad(problem);
        }

        AcceptedUpdate.Record(_draft, id, Find(id), acceptance.AcceptedRequestSequencingEventId);
        Forget(id, "ProvisionallyAccepted");
        return null;
    }

    private CommandFailure? Reject(string id, RejectionMessage rejection)
    {
        if (NotIn(id, "Rejection", "Sent", "Admitted") is { } problem)
        {
            return Bad(problem);
        }

        Reject(id, UpdateProgress.Completed.Failed(rejection.Failure));
        return null;
    }

    private CommandFailure? Complete(string id, Response response)
    {
        var problem = NotIn(id, "Response", "ProvisionallyAccepted", "Accepted") ?? MessageRules.Problem(response, id);
        if (problem is not null)
        {
            return Bad(problem);
        }

        _draft.Record(EventType.WorkflowExecutionUpdateCompleted, e =>
            e.WorkflowExecutionUpdateCompletedEventAttributes = new()
            {
                Meta = response.Meta,
                AcceptedEventId = _draft.State.Updates.Known[id].EventId,
                Outcome = response.Outcome,
            });
        _answered[id] = "ProvisionallyCompleted";
        return null;
    }

    /// <summary>An answer to an update that memory has lost, and its caller has not sent again yet.</summary>
    private CommandFailure? Resurrect(string id, IMessage body)
    {
        if (WorkerMessage.RequestIn(body) is not { } request)
        {
            return Bad(
                $"update {id} wasn't found on the server. This is most likely a transient error which will be resolved "
                + "automatically by retries");
        }

        if (UpdateLimits.RefuseTotal(_draft.State, _draft.Context) is { } tooMany)
        {
            return Bad(tooMany.Message);
        }

        Waiting = Waiting.Add(new InFlightUpdate(id, request, IsSent: true));
        return null;
    }

    private void Reject(string id, UpdateProgress.Completed failure)
    {
        if (_draft.State.Updates.Known.ContainsKey(id) && _draft.State.IsRunning)
        {
            _draft.Emit(new AdmittedUpdateRejected(id, failure.Outcome.Failure, _draft.Now));
        }

        End(id, failure, "ProvisionallyCompleted");
    }

    private void End(string id, UpdateProgress progress, string stage)
    {
        if (StageOf(id) is "Sent" or "Admitted")
        {
            Ended = Ended.Add(new EndedUpdate(id, progress));
        }

        Forget(id, stage);
    }

    private void Forget(string id, string stage)
    {
        Waiting = Waiting.RemoveAll(update => update.Id == id);
        _answered[id] = stage;
    }

    private InFlightUpdate? Find(string id) => Waiting.Find(update => update.Id == id);

    private string? NotIn(string id, string message, params ReadOnlySpan<string> stages) =>
        StageOf(id) is { } stage && !stages.Contains(stage)
            ? $"invalid state transition attempted for Update {id}: received *update.{message} message while in state "
                + stage
            : null;

    /// <summary>The update's state by the name that a Temporal server gives it; null when nobody knows the update.</summary>
    private string? StageOf(string id)
    {
        if (_answered.TryGetValue(id, out var answered))
        {
            return answered;
        }

        if (Find(id) is { } waiting)
        {
            return waiting.IsSent ? "Sent" : "Admitted";
        }

        return _draft.State.Updates.Known.TryGetValue(id, out var known) ? known.Stage.ToString() : null;
    }

    private static CommandFailure Bad(string message) =>
        new(WorkflowTaskFailedCause.BadUpdateWorkflowExecutionMessage, message);
}
