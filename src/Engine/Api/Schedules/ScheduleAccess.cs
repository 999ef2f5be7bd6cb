using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Schedules;
using ScheduleState = AugmentedOS.Engine.Schedules.ScheduleState;

namespace AugmentedOS.Engine.Api.Schedules;

/// <summary>The way from RPCs to schedules.</summary>
/// <param name="time">Schedules'.</param>
/// <param name="machine">Callers'.</param>
internal sealed class ScheduleAccess(
    NamespaceGate gate, EngineLimits limits, Scheduling schedules, TimeProvider time, TimeProvider machine)
{
    /// <summary>How long a caller waits for what it set off to show. After that it is told all the same.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public EngineLimits Limits => limits;

    public EntityHost<ScheduleState> Host => schedules.Host;

    public Instant Now => Instant.From(time.GetUtcNow());

    public Rejection? Enter(string nsName, out NamespaceInfo ns)
    {
        ns = null!;
        return limits.In(nsName).Features.Schedules
            ? gate.Enter(nsName, out ns)
            : Rejection.PermissionDenied("Schedules are disabled on this namespace.");
    }

    public static EntityKey KeyOf(NamespaceInfo ns, string scheduleId) => new(EntityKind.Schedule, ns.Id, scheduleId);

    public Task<Outcome> SubmitAsync(EntityInput<ScheduleState> input) =>
        schedules.Host.SubmitAsync(input);

    /// <summary>Submits a change. Answers when also the starts that it set off show in the schedule: whoever describes it
    /// next expects to see them.</summary>
    public async Task<Outcome> ChangeAsync(EntityInput<ScheduleState> input)
    {
        var outcome = await SubmitAsync(input).ConfigureAwait(false);
        if (!outcome.IsRejected)
        {
            await Task.WhenAny(schedules.StartsSettled(input.Key), Task.Delay(Patience, machine)).ConfigureAwait(false);
        }

        return outcome;
    }
}
