using Temporalio.Api.Enums.V1;
using Temporalio.Api.Nexus.V1;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.EndToEnd.Kills;

/// <summary>Workflows that call a Nexus operation, behind which another workflow does the work and calls back.</summary>
internal sealed class NexusLoad(TemporalClient client, Calls calls, string queue) : ILoad
{
    private readonly List<string> _done = [];

    public void Register(TemporalWorkerOptions worker) => worker
        .AddWorkflow<CallingWorkflow>().AddWorkflow<CalledWorkflow>().AddNexusService(new CalledService());

    public async Task RunAsync(CancellationToken stopping, CancellationToken cancelled)
    {
        await calls.UntilDoneAsync(
            () => client.OperatorService.CreateNexusEndpointAsync(
                new()
                {
                    Spec = new EndpointSpec
                    {
                        Name = CallingWorkflow.Endpoint,
                        Target = new() { Worker = new() { Namespace = "default", TaskQueue = queue } },
                    },
                },
                Calls.OneTry),
            cancelled);
        for (var count = 0; !stopping.IsCancellationRequested; count++)
        {
            var id = $"call-{count}";
            await calls.UntilAcknowledgedAsync(
                () => client.WorkflowService.StartWorkflowExecutionAsync(
                    Histories.Start(id, nameof(CallingWorkflow), queue, id), Calls.OneTry),
                cancelled);
            Assert.Equal($"{id} was called", await calls.UntilAcknowledgedAsync(
                () => client.GetWorkflowHandle(id).GetResultAsync<string>(), cancelled));
            _done.Add(id);
        }
    }

    public async Task<string> CheckAsync(CancellationToken cancelled)
    {
        foreach (var id in _done)
        {
            var events = await Histories.EventsAsync(client, id, null);
            Assert.Single(events, e => e.EventType == EventType.NexusOperationScheduled);
            Assert.Single(events, e => e.EventType == EventType.NexusOperationCompleted);
            Assert.Single(await Histories.RunsAsync(client, CallingWorkflow.WorkOf(id)));
        }

        return $"{_done.Count} Nexus operations";
    }
}
