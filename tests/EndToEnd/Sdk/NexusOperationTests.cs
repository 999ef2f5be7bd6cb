using NexusRpc;
using NexusRpc.Handlers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Nexus.V1;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Nexus;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Nexus operations that a client calls itself, with the official client and worker.</summary>
public sealed class NexusOperationTests(SdkEngine engine)
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly string _id = SdkEngine.NewName("operation");

    [Fact]
    public Task Operation_WhenItsHandlerAnswers_HasItsResult() => WithServiceAsync(async client =>
    {
        var result = await client.ExecuteNexusOperationAsync<string>(
            service => service.Echo("hello"), new(_id) { ScheduleToCloseTimeout = Minute, Summary = "greets" });
        var description = await engine.Client.GetNexusOperationHandle(_id).DescribeAsync();

        Assert.Equal("echo hello", result);
        Assert.Equal(NexusOperationExecutionStatus.Completed, description.Status);
        Assert.Equal("greets", await description.GetStaticSummaryAsync());
    });

    [Fact]
    public Task Operation_WhenAWorkflowDoesIt_HasTheResultOfTheWorkflow() => WithServiceAsync(async client =>
    {
        var handle = await client.StartNexusOperationAsync<string>(
            service => service.Wait(_id), new(_id) { ScheduleToCloseTimeout = Minute });

        await engine.Client.WorkflowService.PollNexusOperationExecutionAsync(new PollNexusOperationExecutionRequest
        {
            Namespace = "default",
            OperationId = _id,
            WaitStage = NexusOperationWaitStage.Started,
        });
        await engine.Client.GetWorkflowHandle<WaitingWorkflow>(_id).SignalAsync(waiting => waiting.FinishAsync("done"));

        Assert.Equal("done", await handle.GetResultAsync());
    });

    [Fact]
    public Task Cancel_WhenAWorkflowDoesIt_CancelsBoth() => WithServiceAsync(async client =>
    {
        var handle = await client.StartNexusOperationAsync<string>(
            service => service.Wait(_id), new(_id) { ScheduleToCloseTimeout = Minute });

        await handle.CancelAsync(new() { Reason = "enough" });

        var failure = await Assert.ThrowsAsync<NexusOperationFailedException>(() => handle.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failure.InnerException);
        Assert.Equal(NexusOperationExecutionStatus.Canceled, (await handle.DescribeAsync()).Status);
    });

    private Task WithServiceAsync(Func<NexusClient<IEchoService>, Task> body) =>
        engine.WithWorkerAsync(
            options => options.AddNexusService(new EchoHandler()).AddWorkflow<WaitingWorkflow>(),
            async queue =>
            {
                var endpoint = SdkEngine.NewName("endpoint");
                await engine.Client.OperatorService.CreateNexusEndpointAsync(new CreateNexusEndpointRequest
                {
                    Spec = new EndpointSpec
                    {
                        Name = endpoint,
                        Target = new EndpointTarget { Worker = new() { Namespace = "default", TaskQueue = queue } },
                    },
                });
                await body(engine.Client.CreateNexusClient<IEchoService>(endpoint));
            });

    [NexusService]
    public interface IEchoService
    {
        [NexusOperation]
        string Echo(string input);

        [NexusOperation]
        string Wait(string workflowId);
    }

    [NexusServiceHandler(typeof(IEchoService))]
    public sealed class EchoHandler
    {
        [NexusOperationHandler]
        public IOperationHandler<string, string> Echo() =>
            OperationHandler.Sync<string, string>((_, input) => $"echo {input}");

        [NexusOperationHandler]
        public IOperationHandler<string, string> Wait() => WorkflowRunOperationHandler.FromHandleFactory(
            (WorkflowRunOperationContext context, string workflowId) => context.StartWorkflowAsync(
                (WaitingWorkflow waiting) => waiting.RunAsync(), new() { Id = workflowId }));
    }
}
