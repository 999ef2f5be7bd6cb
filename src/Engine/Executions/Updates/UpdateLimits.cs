using System.Collections.Immutable;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>How many updates a run takes. A limit of zero is no limit.</summary>
internal static class UpdateLimits
{
    /// <summary>Why one more cannot be admitted; null when it can.</summary>
    public static Rejection? Refuse(RunState state, Request request, DecisionContext context) =>
        Exceeded(state, request, context) switch
        {
            UpdateLimit.InFlight => Busy(
                "limit on number of concurrent in-flight updates has been reached "
                + $"({context.Limits.MaxInFlightUpdates})"),
            UpdateLimit.Total => RefuseTotal(state, context),
            UpdateLimit.Size => Busy(
                "limit on total payload size of in-flight updates has been reached "
                + $"({context.Limits.MaxInFlightUpdateBytes} bytes)"),
            _ => null,
        };

    /// <summary>The limit that one more would exceed; null when none.</summary>
    public static UpdateLimit? Exceeded(RunState state, Request request, DecisionContext context)
    {
        var (limits, waiting) = (context.Limits, context.Updates);
        if (limits.MaxInFlightUpdates > 0 && InFlight(state, waiting) >= limits.MaxInFlightUpdates)
        {
            return UpdateLimit.InFlight;
        }

        if (RefuseTotal(state, context) is not null)
        {
            return UpdateLimit.Total;
        }

        var size = waiting.Sum(update => (long)update.Size) + request.CalculateSize();
        return limits.MaxInFlightUpdateBytes > 0 && size >= limits.MaxInFlightUpdateBytes ? UpdateLimit.Size : null;
    }

    /// <summary>Why a run cannot take any more for the rest of its life; null when it can.</summary>
    public static Rejection? RefuseTotal(RunState state, DecisionContext context)
    {
        var most = context.Limits.MaxTotalUpdates;
        return most > 0 && Total(state, context.Updates) >= most
            ? Rejection.FailedPrecondition(
                $"The limit on the total number of distinct updates in this workflow has been reached ({most}). Make sure "
                + "any duplicate updates share an Update ID so the server can deduplicate them, and consider rejecting "
                + "updates that you aren't going to process. You can also Continue-as-New to avoid this; we recommend you "
                + "check Continue-as-New Suggested in your Workflow.")
            : null;
    }

    /// <summary>Whether the workflow shall continue as new, so that the limit does not hit it.</summary>
    public static bool SuggestsContinueAsNew(RunState state, DecisionContext context)
    {
        var threshold = (int)Math.Ceiling(
            context.Limits.MaxTotalUpdates * context.Limits.UpdatesSuggestRatio);
        return threshold > 0 && Total(state, context.Updates) >= threshold;
    }

    private static int InFlight(RunState state, ImmutableList<InFlightUpdate> waiting) =>
        state.Updates.InFlight + Unknown(state, waiting);

    private static int Total(RunState state, ImmutableList<InFlightUpdate> waiting) =>
        state.Updates.Known.Count + Unknown(state, waiting);

    /// <summary>How many of them history does not know: the others are counted there.</summary>
    private static int Unknown(RunState state, ImmutableList<InFlightUpdate> waiting) =>
        waiting.Count(update => !state.Updates.Known.ContainsKey(update.Id));

    private static Rejection Busy(string message) =>
        Rejection.ResourceExhausted(ResourceExhaustedCause.ConcurrentLimit, message);
}

/// <summary>A limit on the updates of a run.</summary>
internal enum UpdateLimit
{
    /// <summary>How many may be unanswered or unfinished at a time.</summary>
    InFlight,

    /// <summary>How many there may be in the run's life.</summary>
    Total,

    /// <summary>How many bytes those that no worker has answered may have.</summary>
    Size,
}
