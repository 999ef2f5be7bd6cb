using NexusRpc;
using NexusRpc.Handlers;
using Temporalio.Nexus;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>Calls an operation that takes its time, and returns its result.</summary>
[Workflow]
public sealed class CallingWorkflow
{
    public const string Endpoint = "kills";

    public static string WorkOf(string id) => $"work-of-{id}";

    [WorkflowRun]
    public async Task<string> RunAsync(string id) =>
        await Workflow.CreateNexusWorkflowClient<ICalledService>(Endpoint)
            .ExecuteNexusOperationAsync(service => service.Work(id));
}

/// <summary>What is called.</summary>
[NexusService]
public interface ICalledService
{
    [NexusOperation]
    string Work(string id);
}

/// <summary>Lets a workflow do it: the same for the same caller, however often it is asked.</summary>
[NexusServiceHandler(typeof(ICalledService))]
public sealed class CalledService
{
    [NexusOperationHandler]
    public IOperationHandler<string, string> Work() => WorkflowRunOperationHandler.FromHandleFactory(
        (WorkflowRunOperationContext context, string id) => context.StartWorkflowAsync(
            (CalledWorkflow called) => called.RunAsync(id), new() { Id = CallingWorkflow.WorkOf(id) }));
}

/// <summary>Does the work.</summary>
[Workflow]
public sealed class CalledWorkflow
{
    [WorkflowRun]
    public async Task<string> RunAsync(string id)
    {
        await Workflow.DelayAsync(TimeSpan.FromMilliseconds(20));
        return $"{id} was called";
    }
}
