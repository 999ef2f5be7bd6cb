using AugmentedOS.Engine.Api.History;
using AugmentedOS.Engine.Api.Nexus;
using AugmentedOS.Engine.Api.Nexus.Standalone;
using AugmentedOS.Engine.Api.Visibility;
using AugmentedOS.Engine.Executions.Nexus;

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
            .Add(new PollNexusTaskQueue(_gate, _polls, _versions, _machine))
            .Add(new RespondNexusTaskCompleted(_gate, nexus.Dispatcher, _core.Limits))
            .Add(new RespondNexusTaskFailed(_gate, nexus.Dispatcher));
        AddStandaloneOperations();
    }

    private void AddStandaloneOperations()
    {
        var access = new OperationAccess(_gate, _core.Shards, _core.Limits);
        var wait = new RunWait(_core.Shards, _core.History, _machine, _core.Limits.NexusLongPoll);
        var lists = new OperationLists(
            access, new SpaceLists(_core.Journal, IdSpaces.NexusOperationsOf, StandaloneOperations.Attributes));
        Workflows
            .Add(new StartNexusOperationExecution(access, _core.Nexus.Endpoints, _core.Ids))
            .Add(new DescribeNexusOperationExecution(access, wait, _time))
            .Add(new PollNexusOperationExecution(access, wait))
            .Add(new RequestCancelNexusOperationExecution(access, _core.Ids))
            .Add(new TerminateNexusOperationExecution(access, _core.Ids))
            .Add(new DeleteNexusOperationExecution(access))
            .Add(new ListNexusOperationExecutions(lists))
            .Add(new CountNexusOperationExecutions(lists));
    }
}
