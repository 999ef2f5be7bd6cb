using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Nexus;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Folding;

/// <summary>The fold of an operation that no workflow called: what is kept of it when it has ended.</summary>
internal static class FoldStandaloneOperation
{
    public static RunState Apply(RunState state, NexusFact fact) => fact switch
    {
        StandaloneOperationBegan began => With(state, new StandaloneOperation { Identity = began.Identity }),
        StandaloneOperationAsked { IsTermination: true } asked => With(
            state, state.Nexus.Standalone! with { TerminateRequest = RequestOf(asked) }),
        StandaloneOperationAsked asked => With(
            state, state.Nexus.Standalone! with { CancelRequest = RequestOf(asked) }),
        _ => throw new InvalidOperationException($"A fact of type {fact.GetType().Name} has no fold."),
    };

    /// <summary>The handler pointed at what does the work.</summary>
    public static RunState Linked(RunState state, HistoryEvent happened) =>
        state.Nexus.Standalone is { } standalone && happened.Links.Count > 0
            ? With(state, standalone with { Links = standalone.Links.AddRange(happened.Links) })
            : state;

    /// <summary>The operation ended by itself.</summary>
    public static RunState Ended(RunState state, NexusOperation operation, HistoryEvent happened)
    {
        if (state.Nexus.Standalone is not { } standalone)
        {
            return state;
        }

        var isAnswer = operation.Phase == NexusOperationPhase.Scheduled
            && happened.EventType != EventType.NexusOperationTimedOut;
        var failure = happened.NexusOperationFailedEventAttributes?.Failure
            ?? happened.NexusOperationCanceledEventAttributes?.Failure
            ?? happened.NexusOperationTimedOutEventAttributes?.Failure;
        return Linked(
            With(state, standalone with
            {
                Final = isAnswer
                    ? operation with
                    {
                        LastAttemptAt = Instant.From(happened.EventTime),
                        LastFailure = failure?.Cause,
                    }
                    : operation,
                Result = happened.NexusOperationCompletedEventAttributes?.Result,
                Failure = failure?.Cause ?? failure,
            }),
            happened);
    }

    /// <summary>The run ended: what it held is kept as it was, if it did not end by itself before.</summary>
    public static NexusState Closed(NexusState nexus) =>
        nexus.Standalone is { Final: null } standalone
            ? nexus with { Standalone = standalone with { Final = nexus.Operations.Values.SingleOrDefault() } }
            : nexus;

    private static OperationRequest RequestOf(StandaloneOperationAsked asked) =>
        new(asked.RequestId, asked.Identity, asked.Reason, asked.At);

    private static RunState With(RunState state, StandaloneOperation standalone) =>
        state with { Nexus = state.Nexus with { Standalone = standalone } };
}
