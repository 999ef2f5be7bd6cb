using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.Clocks;

/// <summary>The engine's three views of time. They are one and the same, unless time can be skipped.</summary>
/// <param name="Workflows">What events are stamped with and deadlines run by: of workflows, activities, schedules, batches.
/// This one can be skipped, and a timer of it is a reason to.</param>
/// <param name="Machine">What the people and programs outside live by: long polls, calls' deadlines, how long something
/// took, sweeps. Its timers are no reason to skip, and nothing waits for them.</param>
/// <param name="Work">For waits within work that is under way: a message that is tried again, a task held back by a rate, a
/// query or a Nexus request that waits for its answer. Its timers ring in the machine's time, and while one runs nothing is
/// skipped.</param>
internal sealed record EngineClocks(TimeProvider Workflows, TimeProvider Machine, TimeProvider Work)
{
    /// <summary>Who counts what is under way; null when time cannot be skipped and nobody needs to know.</summary>
    public Stillness? Stillness { get; private init; }

    /// <summary>The clock that can be skipped; null when there is none.</summary>
    public SkippingClock? Skipping => Workflows as SkippingClock;

    /// <summary>Time as it is.</summary>
    public static EngineClocks Of(TimeProvider machine) => new(machine, machine, machine);

    /// <summary>Time that can be skipped whenever nothing is under way.</summary>
    /// <param name="scheduler">Runs the clock's own work.</param>
    /// <param name="isLocked">Whether it waits to be unlocked first.</param>
    public static EngineClocks Skippable(TimeProvider machine, IWorkScheduler scheduler, bool isLocked)
    {
        var stillness = new Stillness(machine);
        var workflows = new SkippingClock(machine, stillness, scheduler, isLocked);
        return new EngineClocks(workflows, machine, new WorkTime(workflows, machine, stillness))
        {
            Stillness = stillness,
        };
    }

    /// <summary>The scheduler, watched when time can be skipped.</summary>
    public IWorkScheduler Watch(IWorkScheduler scheduler) =>
        Stillness is null ? scheduler : new WatchedScheduler(scheduler, Stillness);
}
