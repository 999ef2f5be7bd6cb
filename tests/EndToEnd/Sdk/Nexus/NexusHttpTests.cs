using AugmentedOS.Engine.Hosting;
using NexusRpc.Handlers;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Nexus.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>Operations behind an endpoint elsewhere: the engine calls itself over HTTP, there and back.</summary>
public sealed class NexusHttpTests
{
    [Fact]
    public Task Operation_WhenItIsDoneAtOnce_GivesItsResult() => RunAsync(async desk =>
    {
        var caller = await desk.CallAsync("Say", "hello from afar");

        Assert.Equal("hello from afar", await caller.GetResultAsync());
    });

    [Fact]
    public Task Operation_WhenAWorkflowDoesIt_GivesItsResultAndLinksBoth() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Work");
        await desk.SignalWorkAsync(work => work.FinishAsync("done over there"));

        Assert.Equal("done over there", await caller.GetResultAsync());
        var started = await NexusDesk.UntilAsync(caller, EventType.NexusOperationStarted);
        Assert.Equal(desk.WorkId, Assert.Single(started.Links).WorkflowEvent.WorkflowId);
        var callback = Assert.Single((await SdkEngine.DescribeRawAsync(desk.Worked)).Callbacks);
        Assert.StartsWith("http://", callback.Callback.Nexus.Url);
        Assert.Equal(CallbackState.Succeeded, callback.State);
        Assert.Equal(caller.Id, Assert.Single(callback.Callback.Links).WorkflowEvent.WorkflowId);
    });

    [Fact]
    public Task Operation_WhenItsHandlerFailsIt_TellsTheWholeReason() => RunAsync(async desk =>
    {
        var reason = Assert.IsType<ApplicationFailureException>(
            await desk.ReasonAsync(await desk.CallAsync("Fail", "in vain"), "Fail"));

        Assert.Equal("in vain", reason.Message);
        Assert.Equal("Reason", Assert.IsType<ApplicationFailureException>(reason.InnerException).ErrorType);
    });

    [Fact]
    public Task Operation_WhenItsHandlerRefusesTheRequest_SaysSo() => RunAsync(async desk =>
    {
        var refused = Assert.IsType<HandlerException>(
            await desk.ReasonAsync(await desk.CallAsync("Refuse", "not like this"), "Refuse"));

        Assert.Equal((HandlerErrorType.BadRequest, "not like this"), (refused.ErrorType, refused.Message));
    });

    [Fact]
    public Task Operation_WhenItsWorkflowFails_FailsWithThatFailure() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Work");
        await desk.SignalWorkAsync(work => work.FailAsync("worked in vain"));

        Assert.Equal(
            "worked in vain",
            Assert.IsType<ApplicationFailureException>(await desk.ReasonAsync(caller, "Work")).Message);
    });

    [Fact]
    public Task Operation_WhenItIsCanceled_ReachesTheWorkflowBehindIt() => RunAsync(async desk =>
    {
        var caller = await desk.BeginAsync("Work");
        await caller.SignalAsync(c => c.CancelOperationAsync());

        Assert.IsType<CanceledFailureException>(await desk.ReasonAsync(caller, "Work"));
        Assert.Contains(EventType.NexusOperationCanceled, await SdkEngine.EventTypesAsync(caller));
        Assert.Equal(WorkflowExecutionStatus.Canceled, (await desk.Worked.DescribeAsync()).Status);
    });

    private static async Task RunAsync(Func<NexusDesk, Task> body)
    {
        await using var engine = await NexusEngine.StartAsync(WorkflowEngineOptions.InMemory);
        var near = new NexusDesk(engine.Client);
        var endpoint = await near.CreateEndpointAsync();
        var far = new NexusDesk(engine.Client) { Queue = near.Queue };
        far.Work.Open();
        await engine.Client.OperatorService.CreateNexusEndpointAsync(new()
        {
            Spec = new EndpointSpec
            {
                Name = far.Name,
                Target = new()
                {
                    External = new() { Url = $"{engine.HttpAddress}/nexus/endpoints/{endpoint.Id}/services" },
                },
            },
        });
        await far.WithWorkerAsync(() => body(far));
    }
}
