using AugmentedOS.Engine.Api.Activities.Standalone;
using AugmentedOS.Engine.Api.ActivityTasks;
using AugmentedOS.Engine.Api.History;
using AugmentedOS.Engine.Api.Visibility;
using AugmentedOS.Engine.Executions.StandaloneActivities;

namespace AugmentedOS.Engine.Hosting;

internal sealed partial class EngineApi
{
    private void AddStandaloneActivities()
    {
        var access = new ActivityAccess(_gate, _core.Shards, _core.Limits, _core.Ids);
        var wait = new RunWait(_core.Shards, _core.History, _machine, _core.Limits.ActivityLongPoll);
        var lists = new SpaceLists(_core.Journal, IdSpaces.ActivitiesOf, ActivityRun.Attributes);
        Workflows
            .Add(new StartActivityExecution(access, new ActivityTaskResponses(_core.Namespaces)))
            .Add(new DescribeActivityExecution(access, wait, _time))
            .Add(new PollActivityExecution(access, wait))
            .Add(new ListActivityExecutions(access, lists))
            .Add(new CountActivityExecutions(access, lists))
            .Add(new RequestCancelActivityExecution(access))
            .Add(new TerminateActivityExecution(access))
            .Add(new DeleteActivityExecution(access))
            .Add(new PauseActivityExecution(access))
            .Add(new UnpauseActivityExecution(access))
            .Add(new ResetActivityExecution(access))
            .Add(new UpdateActivityExecutionOptions(access));
    }
}
