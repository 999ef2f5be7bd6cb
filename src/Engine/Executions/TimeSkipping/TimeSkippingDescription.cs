using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.TimeSkipping;

/// <summary>A run's time as clients are told of it.</summary>
internal static class TimeSkippingDescription
{
    /// <param name="engineNow">The engine's time.</param>
    public static TimeSkippingInfo? Of(RunState state, Instant engineNow) => state.Time is not { } time
        ? null
        : new TimeSkippingInfo
        {
            CurrentTime = (engineNow + time.Ahead).ToTimestamp(),
            EffectiveConfig = time.Config,
            FastForwardInfo = FastForward(time),
            CurrentSessionSkipCount = time.Skips,
        };

    public static TimeSkippingFastForwardInfo? FastForward(RunTime? time) =>
        time?.FastForwardTo is not { } target
            ? null
            : new TimeSkippingFastForwardInfo
            {
                FastForwardId = time.Config!.FastForwardConfig.Id,
                FastForwardDuration = time.Config.FastForwardConfig.Duration,
                TargetTime = target.ToTimestamp(),
                HasCompleted = time.IsFastForwardOver,
            };
}
