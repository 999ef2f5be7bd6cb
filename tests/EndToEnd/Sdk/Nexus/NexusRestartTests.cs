using AugmentedOS.EndToEnd.Processes;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>Operations that an engine's stop and start come in between of.</summary>
public sealed class NexusRestartTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Operation_WhenTheEngineRestartsWhileItsWorkflowWorks_GetsItsResult()
    {
        var (desk, callerId) = await FirstAsync(async desk =>
        {
            desk.Work.Open();
            return await desk.BeginAsync("Work");
        });

        await ThenAsync(desk, async after =>
        {
            await after.SignalWorkAsync(work => work.FinishAsync("after all"));

            Assert.Equal("after all", await after.Caller(callerId).GetResultAsync());
            Assert.Empty(after.Work.Requests);
        });
    }

    [Fact]
    public async Task Operation_WhenTheEngineRestartsDuringTheRequest_IsAskedAgainWithTheSameRequest()
    {
        var (desk, callerId) = await FirstAsync(async desk =>
        {
            var caller = await desk.CallAsync("Work");
            while (desk.Work.Requests.IsEmpty)
            {
                await Task.Delay(20);
            }

            return caller;
        });

        await ThenAsync(desk, async after =>
        {
            after.Work.Open();
            await NexusDesk.UntilAsync(after.Caller(callerId), EventType.NexusOperationStarted);
            await after.SignalWorkAsync(work => work.FinishAsync("asked again"));

            Assert.Equal("asked again", await after.Caller(callerId).GetResultAsync());
            Assert.Equal(
                Assert.Single(desk.Work.Requests.Select(request => request.RequestId).Distinct()),
                Assert.Single(after.Work.Requests.Select(request => request.RequestId).Distinct()));
        });
    }

    [Fact]
    public async Task Operation_WhenTheEngineRestartsWhileItBacksOff_IsTriedAgain()
    {
        var (desk, callerId) = await FirstAsync(async desk =>
        {
            var caller = await desk.CallAsync("Stumble", "up again");
            await NexusDesk.UntilPendingAsync(caller, operation => operation.Attempt >= 2);
            return caller;
        });

        await ThenAsync(desk, async after =>
        {
            after.Work.IsMended = true;

            Assert.Equal("up again", await after.Caller(callerId).GetResultAsync());
        });
    }

    [Fact]
    public async Task Callback_WhenTheEngineRestartsBeforeItIsTaken_IsDeliveredAfterwards()
    {
        await using var receiver = await CallbackReceiver.StartAsync();
        var (desk, _) = await FirstAsync(async desk =>
        {
            desk.Work.Open();
            await desk.StartWorkAsync(receiver.Address);
            await desk.SignalWorkAsync(work => work.FinishAsync("at last"));
            while (Assert.Single((await SdkEngine.DescribeRawAsync(desk.Worked)).Callbacks).Attempt < 2)
            {
                await Task.Delay(20);
            }

            return desk.Worked;
        });

        await ThenAsync(desk, async after =>
        {
            receiver.IsOpen = true;
            var delivered = await receiver.Delivered;

            Assert.Equal(("succeeded", "\"at last\""), (delivered.State, delivered.Body));
            while (Assert.Single((await SdkEngine.DescribeRawAsync(after.Worked)).Callbacks).State
                != CallbackState.Succeeded)
            {
                await Task.Delay(20);
            }
        });
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>What happens before the engine stops: returns what was begun.</summary>
    private async Task<(NexusDesk Desk, string Id)> FirstAsync(Func<NexusDesk, Task<WorkflowHandle>> begin)
    {
        await using var engine = await NexusEngine.StartAsync(_folder.Database);
        var desk = new NexusDesk(engine.Client);
        await desk.CreateEndpointAsync();
        var id = "";
        await desk.WithWorkerAsync(async () => id = (await begin(desk)).Id);
        return (desk, id);
    }

    /// <summary>What happens after it started again, with another worker.</summary>
    private async Task ThenAsync(NexusDesk before, Func<NexusDesk, Task> body)
    {
        await using var engine = await NexusEngine.StartAsync(_folder.Database);
        var after = new NexusDesk(engine.Client) { Name = before.Name, Queue = before.Queue, WorkId = before.WorkId };
        await after.WithWorkerAsync(() => body(after));
    }
}
