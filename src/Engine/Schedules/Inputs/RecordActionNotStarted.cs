using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Schedules.Progress;

namespace AugmentedOS.Engine.Schedules.Inputs;

/// <summary>An action's workflow could not be started: it is tried again while that may help and it is not too late.
/// </summary>
/// <param name="MayHelp">Whether trying again may help.</param>
internal sealed record RecordActionNotStarted(EntityKey Key, Guid Incarnation, long Sequence, bool MayHelp)
    : ScheduleInput(Key)
{
    private const int MaxManualAttempts = 10;
    private const int MaxDoublings = 6;
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    protected override EntityDecision<ScheduleState> DecideOn(
        ScheduleState state, EntityContext<ScheduleState> context)
    {
        if (state.Incarnation != Incarnation || state.Buffer.Find(s => s.Sequence == Sequence) is not { } start)
        {
            return EntityDecision<ScheduleState>.Answer(Done.Instance);
        }

        var isWorthIt = MayHelp && !Overlaps.IsExpired(state, start, context.Now)
            && (!start.IsManual || start.Attempt < MaxManualAttempts);
        var after = state with
        {
            Buffer = isWorthIt
                ? state.Buffer.Replace(start, start with
                {
                    Attempt = start.Attempt + 1,
                    RetryAt = context.Now + PauseAfter(start.Attempt),
                })
                : state.Buffer.Remove(start),
        };
        return EntityDecision<ScheduleState>.Change(ScheduleProgress.Of(after, context.Now), Done.Instance);
    }

    private static TimeSpan PauseAfter(int attempt)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(attempt - 1, MaxDoublings));
        return pause < LongestPause ? pause : LongestPause;
    }
}
