using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Schedules.Acting;

namespace AugmentedOS.Engine.Schedules;

/// <summary>The schedules of an engine: their home, and what carries out their actions.</summary>
internal sealed class Scheduling : IDisposable
{
    private readonly ScheduleInstruments _instruments;
    private readonly ScheduleEffects _effects;

    public Scheduling(EntityHosts entities, IExecutions executions, RunClosings closings, IMeterFactory? meters)
    {
        var services = entities.Services;
        _instruments = new ScheduleInstruments(meters);
        _effects = new ScheduleEffects(
            executions, closings, services, _instruments);
        Host = entities.Add(new ScheduleType(), _effects);
        _effects.Connect(Host);
    }

    public EntityHost<ScheduleState> Host { get; }

    /// <summary>Completes when what a change of a schedule has set off shows in it.</summary>
    public Task StartsSettled(EntityKey schedule) => _effects.StartsSettled(schedule);

    public void Dispose()
    {
        _effects.Dispose();
        _instruments.Dispose();
    }
}
