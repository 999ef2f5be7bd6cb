using AugmentedOS.Engine.Api.Schedules;

namespace AugmentedOS.Engine.Hosting;

/// <content>Schedules.</content>
internal sealed partial class EngineApi
{
    private void AddSchedules()
    {
        var schedules = new ScheduleAccess(_gate, _core.Limits, _core.Schedules, _core.Clocks.Workflows, _machine);
        var lists = new ScheduleLists(_core.Journal);
        Workflows
            .Add(new CreateSchedule(schedules))
            .Add(new DescribeSchedule(schedules))
            .Add(new UpdateSchedule(schedules))
            .Add(new PatchSchedule(schedules))
            .Add(new DeleteSchedule(schedules))
            .Add(new ListScheduleMatchingTimes(schedules))
            .Add(new ListSchedules(schedules, lists))
            .Add(new CountSchedules(schedules, lists));
    }
}
