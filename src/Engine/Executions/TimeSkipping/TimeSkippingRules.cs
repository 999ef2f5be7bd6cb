using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.TimeSkipping;

/// <summary>Which configurations may be asked for.</summary>
internal static class TimeSkippingRules
{
    public static readonly Rejection NotEnabled =
        Rejection.Unimplemented("The Time-Skipping feature is not enabled for namespace.");

    public static readonly Rejection NoFastForwardId =
        Rejection.InvalidArgument("Time skipping config invalid: fast_forward_id must be set");

    /// <summary>Why it is refused, word for word; null when it is not.</summary>
    public static Rejection? Check(TimeSkippingConfig? config, EngineLimits limits)
    {
        if (config is null)
        {
            return null;
        }

        if (!limits.Features.WorkflowTimeSkipping)
        {
            return NotEnabled;
        }

        if (config.FastForwardConfig is not { } forward)
        {
            return null;
        }

        if (forward.Duration.OrZero() <= TimeSpan.Zero)
        {
            return Rejection.InvalidArgument("Time skipping config invalid: fast_forward duration must be positive");
        }

        if (string.IsNullOrWhiteSpace(forward.Id))
        {
            return NoFastForwardId;
        }

        return config.Enabled
            ? null
            : Rejection.InvalidArgument("time_skipping_config: cannot set fast_forward when enabled is false");
    }

    /// <summary>A copy with the number of skips filled in.</summary>
    public static TimeSkippingConfig? WithDefaults(TimeSkippingConfig? config, EngineLimits limits)
    {
        var filled = config?.Clone();
        if (filled is { MaxSessionSkipCount: <= 0 })
        {
            filled.MaxSessionSkipCount = Math.Max(1, limits.MaxTimeSkips);
        }

        return filled;
    }
}
