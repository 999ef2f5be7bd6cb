using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.Executions.Tasks;
using AugmentedOS.Engine.Updates;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using ProtocolRejection = Temporalio.Api.Update.V1.Rejection;

namespace AugmentedOS.Engine.Tests.Executions.Updates;

/// <summary>What callers and workers do with updates.</summary>
internal static class UpdateSteps
{
    public static Request RequestOf(string id, string name = "change") => new()
    {
        Meta = new Meta { UpdateId = id, Identity = "caller" },
        Input = new Temporalio.Api.Update.V1.Input { Name = name },
    };

    public static UpdateExecution Update(string id = "u", Action<UpdateWorkflowExecutionRequest>? set = null)
    {
        var request = new UpdateWorkflowExecutionRequest { Request = RequestOf(id) };
        set?.Invoke(request);
        return new UpdateExecution(Scenario.Key.Workflow, null, request, Waiter(id));
    }

    public static FindUpdate Find(string id = "u") => new(Scenario.Key.Workflow, null, id, Waiter(id));

    public static UpdateWaiter Waiter(string id = "u") => new(id, UpdateWorkflowExecutionLifecycleStage.Completed);

    public static Message Accepted(string id = "u", Action<Acceptance>? set = null)
    {
        var acceptance = new Acceptance
        {
            AcceptedRequestMessageId = $"{id}/request",
            AcceptedRequestSequencingEventId = 5,
        };
        set?.Invoke(acceptance);
        return Of($"{id}/accept", id, acceptance);
    }

    public static Message Completed(string id = "u", Action<Response>? set = null)
    {
        var response = new Response { Meta = new Meta { UpdateId = id }, Outcome = Success() };
        set?.Invoke(response);
        return Of($"{id}/complete", id, response);
    }

    public static Message Rejected(string id = "u", Action<ProtocolRejection>? set = null)
    {
        var rejection = new ProtocolRejection
        {
            RejectedRequestMessageId = $"{id}/request",
            RejectedRequestSequencingEventId = 5,
            Failure = new Failure { Message = "no" },
        };
        set?.Invoke(rejection);
        return Of($"{id}/reject", id, rejection);
    }

    public static Message Of(string messageId, string updateId, IMessage body) =>
        new() { Id = messageId, ProtocolInstanceId = updateId, Body = Any.Pack(body) };

    public static Outcome Success() => new() { Success = new Payloads() };

    /// <summary>The command that puts a message at its place.</summary>
    public static Command At(Message message) => new()
    {
        CommandType = CommandType.ProtocolMessage,
        ProtocolMessageCommandAttributes = new ProtocolMessageCommandAttributes { MessageId = message.Id },
    };

    /// <summary>Answers the task with messages that no command names.</summary>
    public static Func<RunState, Engine.Executions.Inputs.Input> Answer(params Message[] messages) =>
        Answer(_ => { }, messages);

    public static Func<RunState, Engine.Executions.Inputs.Input> Answer(
        Action<RespondWorkflowTaskCompletedRequest> set, params Message[] messages) => Answers.Complete(request =>
    {
        request.Messages.AddRange(messages);
        set(request);
    });

    /// <summary>Answers the task as SDKs do: a command for each message.</summary>
    public static Func<RunState, Engine.Executions.Inputs.Input> AnswerInOrder(params Message[] messages) =>
        Answers.Complete(request => request.Messages.AddRange(messages), [.. messages.Select(At)]);

    /// <summary>An idle workflow (events 1 to 4) whose worker holds a speculative task with this update.</summary>
    public static Step UpdateIsSent(string id = "u") => new(scenario => scenario
        .And(Events.WorkflowIsIdle(), Update(id))
        .And(Step.From(Answers.Poll())));
}
