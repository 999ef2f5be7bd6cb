using Temporalio.Api.Enums.V1;
using Temporalio.Api.TaskQueue.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace AugmentedOS.Workflows.Health;

/// <summary>Asks the server, which remembers a poller for five minutes.</summary>
internal sealed class ServerPolls(ITemporalClient client) : IWorkerPolls
{
    public async Task<IReadOnlyCollection<string>> IdentitiesAsync(
        string taskQueue, TaskQueueType type, CancellationToken cancellation)
    {
        var response = await client.WorkflowService.DescribeTaskQueueAsync(
            new DescribeTaskQueueRequest
            {
                Namespace = client.Options.Namespace,
                TaskQueue = new TaskQueue { Name = taskQueue, Kind = TaskQueueKind.Normal },
                TaskQueueType = type,
            },
            new RpcOptions { CancellationToken = cancellation, Retry = false }).ConfigureAwait(false);
        return [.. response.Pollers.Select(poller => poller.Identity)];
    }
}
