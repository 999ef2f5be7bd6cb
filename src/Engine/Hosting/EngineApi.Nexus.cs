using AugmentedOS.Engine.Api.Nexus;
using AugmentedOS.Engine.TaskQueues;

namespace AugmentedOS.Engine.Hosting;

/// <content>Nexus.</content>
internal sealed partial class EngineApi
{
    private void AddNexus()
    {
        var nexus = _core.Nexus;
        var specs = new EndpointSpecs(_core.Namespaces, _core.Limits);
        Operators
            .Add(new CreateNexusEndpoint(specs, _core.NexusEndpoints, _core.Ids))
            .Add(new UpdateNexusEndpoint(specs, _core.NexusEndpoints))
            .Add(new DeleteNexusEndpoint(_core.NexusEndpoints))
            .Add(new GetNexusEndpoint(specs, nexus.Endpoints))
            .Add(new ListNexusEndpoints(specs, nexus.Endpoints, _core.Limits));
        Workflows
            .Add(new PollNexusTaskQueue(_gate, _core.Matcher, new LongPollTimes(_core.Limits.TaskLongPoll), _machine, _core.Deployments.Polls))
            .Add(new RespondNexusTaskCompleted(_gate, nexus.Dispatcher, _core.Limits))
            .Add(new RespondNexusTaskFailed(_gate, nexus.Dispatcher));
    }
}
