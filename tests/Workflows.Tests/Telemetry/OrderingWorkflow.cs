using NexusRpc;
using NexusRpc.Handlers;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Telemetry;

/// <summary>Orders what a workflow can order besides activities and children.</summary>
[Workflow]
public class OrderingWorkflow
{
    [WorkflowRun]
    public async Task RunAsync(string endpoint, string other)
    {
        await Workflow.ExecuteLocalActivityAsync(
            () => TracedWorkflow.CurrentTrace(), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) });
        await Workflow.CreateNexusWorkflowClient<IEchoService>(endpoint)
            .ExecuteNexusOperationAsync(service => service.Echo("hello"));
        await Workflow.GetExternalWorkflowHandle<TracedWorkflow>(other)
            .SignalAsync(workflow => workflow.ReleaseAsync());
    }

    [NexusService]
    public interface IEchoService
    {
        [NexusOperation]
        string Echo(string what);
    }

    [NexusServiceHandler(typeof(IEchoService))]
    public class EchoHandler
    {
        [NexusOperationHandler]
        public IOperationHandler<string, string> Echo() => OperationHandler.Sync<string, string>((_, what) => what);
    }
}
