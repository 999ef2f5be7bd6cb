using AugmentedOS.Engine.Executions.Updates;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>A history may not grow for ever: first the workflow is told to continue as new, in the end it is terminated.</summary>
internal static class HistoryLimits
{
    public const string SizeExceeded = "Workflow history size exceeds limit.";
    public const string CountExceeded = "Workflow history count exceeds limit.";

    public static bool SuggestsContinueAsNew(RunState state, DecisionContext context) =>
        state.HistorySize >= context.Limits.HistorySizeSuggest
        || state.NextEventId >= context.Limits.HistoryCountSuggest
        || UpdateLimits.SuggestsContinueAsNew(state, context);

    public static void Suggest(WorkflowTaskStartedEventAttributes started, RunState state, DecisionContext context)
    {
        started.SuggestContinueAsNew = SuggestsContinueAsNew(state, context);
        if (state.HistorySize >= context.Limits.HistorySizeSuggest)
        {
            started.SuggestContinueAsNewReasons.Add(SuggestContinueAsNewReason.HistorySizeTooLarge);
        }

        if (state.NextEventId >= context.Limits.HistoryCountSuggest)
        {
            started.SuggestContinueAsNewReasons.Add(SuggestContinueAsNewReason.TooManyHistoryEvents);
        }

        if (UpdateLimits.SuggestsContinueAsNew(state, context))
        {
            started.SuggestContinueAsNewReasons.Add(SuggestContinueAsNewReason.TooManyUpdates);
        }
    }

    /// <summary>Replaces a decision that would carry an open run over the hard limit by the run's termination; the
    /// caller whose request crossed the line is told so. A buffer that is full comes first.</summary>
    public static Decision Enforce(Decision decision, DecisionContext context)
    {
        decision = BufferLimits.Enforce(decision, context);
        if (decision.Change is not { Before: { } before, After.IsRunning: true } change
            || Exceeded(change.After, context.Limits) is not { } reason)
        {
            return decision;
        }

        var draft = new Draft(before, context);
        ForcedClose.Terminate(draft, reason, ForcedClose.ServiceIdentity);
        return Decision.AcceptAndReject(draft, Rejection.InvalidArgument(reason)) with { Drops = decision.Drops };
    }

    private static string? Exceeded(RunState state, EngineLimits limits)
    {
        if (state.HistorySize > limits.HistorySizeError)
        {
            return SizeExceeded;
        }

        return state.LastEventId > limits.HistoryCountError ? CountExceeded : null;
    }
}
