using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Wire;
using AugmentedOS.Engine.Runtime;
using Grpc.Core;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>Takes completions of operations that runs of this engine wait for, wherever they come from.</summary>
internal sealed class CompletionReceiver(IExecutions executions, INamespaceDirectory namespaces, EngineLimits limits)
{
    private const string BadToken = "invalid callback token";

    /// <summary>Hands a completion to the run that waits for it.</summary>
    /// <param name="token">Which the start request gave the handler.</param>
    /// <param name="ns">The namespace that the address names; null when it names none.</param>
    /// <param name="settled">Told, once, why it was refused; null when it was taken.</param>
    public void Receive(string token, string? ns, NexusCompletion completion, Action<HandlerRefusal?> settled)
    {
        if (!CallbackToken.TryDecode(token, out var target))
        {
            settled(HandlerRefusal.BadRequest(BadToken));
            return;
        }

        if (!namespaces.TryFind(target.Run.Namespace, out var owner))
        {
            settled(HandlerRefusal.NotFound($"namespace \"{target.Run.Namespace}\" not found"));
            return;
        }

        if ((ns is not null && ns != owner.Name ? HandlerRefusal.BadRequest(BadToken) : Check(completion)) is { } error)
        {
            settled(error);
            return;
        }

        Submit(target, target.Run.Run, completion, settled);
    }

    private HandlerRefusal? Check(NexusCompletion completion)
    {
        var length = Utf8Length.Of(completion.Token);
        if (length > limits.MaxNexusTokenLength)
        {
            return HandlerRefusal.BadRequest(
                $"operation token length exceeds allowed limit ({length}/{limits.MaxNexusTokenLength})");
        }

        return completion.Result is { } result && result.CalculateSize() > limits.BlobSizeError
            ? HandlerRefusal.BadRequest("result exceeds size limit")
            : null;
    }

    /// <summary>A run that was reset is not the one that waits any more; its successor has the same operation.</summary>
    private void Submit(CallbackToken target, RunId? run, NexusCompletion completion, Action<HandlerRefusal?> settled)
    {
        var workflow = target.Run.Workflow;
        executions.Submit(
            new CompleteNexusOperation(workflow, run, target.ScheduledEventId, target.RequestId, completion),
            outcome =>
            {
                if (!outcome.IsRejected)
                {
                    settled(null);
                }
                else if (outcome.Rejection.Code == StatusCode.NotFound && run is not null && target.RequestId.Length > 0)
                {
                    Submit(target, run: null, completion, settled);
                }
                else
                {
                    settled(HandlerRefusal.From(
                        outcome.Rejection, showsText: outcome.Rejection.Code == StatusCode.NotFound));
                }
            });
    }
}
