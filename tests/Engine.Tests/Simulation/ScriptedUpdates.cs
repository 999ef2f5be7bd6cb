using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Updates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using RejectionMessage = Temporalio.Api.Update.V1.Rejection;

namespace AugmentedOS.Engine.Tests.Simulation;

/// <summary>What scripted workflows say of updates: anything that a worker may, and now and then something it may
/// not.</summary>
internal sealed class ScriptedUpdates(Random random)
{
    private int _messages;

    /// <summary>Messages about the updates that came with the task, and about those that were accepted before.</summary>
    public List<Message> For(StartedWorkflowTask task, bool obedient)
    {
        var messages = new List<Message>();
        foreach (var sent in task.Messages)
        {
            Answer(messages, sent, obedient ? 0 : random.Next(10));
        }

        foreach (var (id, known) in task.State.Updates.Known.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (known.Stage == UpdateStage.Accepted && (obedient || random.Next(3) == 0))
            {
                messages.Add(Completed(id));
            }
        }

        return messages;
    }

    private void Answer(List<Message> messages, Message sent, int choice)
    {
        var id = sent.ProtocolInstanceId;
        switch (choice)
        {
            case < 4:
                messages.Add(Accepted(sent));
                messages.Add(Completed(id));
                break;
            case < 6:
                messages.Add(Accepted(sent));
                break;
            case < 9:
                messages.Add(Message(id, new RejectionMessage
                {
                    RejectedRequestMessageId = sent.Id,
                    Failure = new Failure { Message = "scripted" },
                }));
                break;
            case 9 when random.Next(4) == 0:
                messages.Add(Completed(id)); // which it has not accepted
                break;
            default:
                break; // never heard of updates
        }
    }

    private Message Accepted(Message sent) => Message(sent.ProtocolInstanceId, new Acceptance
    {
        AcceptedRequestMessageId = sent.Id,
        AcceptedRequestSequencingEventId = sent.EventId,
        AcceptedRequest = random.Next(2) == 0 ? sent.Body.Unpack<Request>() : null,
    });

    private Message Completed(string id) => Message(id, new Response
    {
        Meta = new Meta { UpdateId = id },
        Outcome = new Outcome { Success = ScriptedCommands.Data("done") },
    });

    private Message Message(string id, IMessage body) =>
        new() { Id = $"message-{_messages++}", ProtocolInstanceId = id, Body = Any.Pack(body) };
}
