using AugmentedOS.Testing.Engines;
using AugmentedOS.Testing.Histories;
using Temporalio.Exceptions;

namespace AugmentedOS.Testing.Tests.Engines;

/// <summary>An engine in another process, which tests have one after the other.</summary>
public sealed class LentEngineTests
{
    private static readonly string Executable = Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aos.exe" : "aos");

    private readonly LentEngine _engine = new(EngineLending.Of(Executable));

    [Fact]
    public async Task Engine_WhenATestIsOver_ServesTheNextAsIfItWereNew()
    {
        string address;
        await using (var first = await StartAsync())
        {
            address = AddressOf(first);
            await first.StartWorkflowAsync(
                (OrderWorkflow workflow) => workflow.RunAsync("open"), new() { Id = "order" });
            await first.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(3)));
        }

        await using var second = await StartAsync();
        var began = await second.GetCurrentTimeAsync();

        Assert.Equal(address, AddressOf(second));
        Assert.Empty(await second.ListWorkflowsAsync());
        var order = await second.StartWorkflowAsync(
            (OrderWorkflow workflow) => workflow.RunAsync("new"), new() { Id = "order" });
        Assert.Equal("expired", await order.GetResultAsync());
        Assert.InRange(
            await second.GetCurrentTimeAsync() - began, TimeSpan.FromDays(30), TimeSpan.FromDays(30.01));
    }

    [Fact]
    public async Task Engine_WhenATestNamesItsNamespace_HasIt()
    {
        await using var test = await StartAsync("orders");

        Assert.Equal("orders", test.Client.Options.Namespace);
        await test.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(3)));
    }

    [Fact]
    public async Task Engine_WhenATestStillWaits_IsNotLentAgain()
    {
        string address;
        Task<string> waits;
        await using (var first = await StartAsync())
        {
            address = AddressOf(first);
            var order = await first.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
            await first.WaitForAsync(order, HistoryStep.Timer(TimeSpan.FromDays(30)));
            await first.StopWorkerAsync();
            waits = order.GetResultAsync();
        }

        await using var second = await StartAsync();

        Assert.NotEqual(address, AddressOf(second));
        await Assert.ThrowsAsync<RpcException>(() => waits);
    }

    [Fact]
    public async Task Engine_WhenATestKillsIt_ServesTheNext()
    {
        await using (var first = await StartAsync())
        {
            var order = await first.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
            await first.WaitForAsync(order, HistoryStep.Timer(TimeSpan.FromDays(30)));
            await first.CrashEngineAsync();
            Assert.Equal("expired", await order.GetResultAsync());
        }

        await using var second = await StartAsync();
        await second.ExecuteWorkflowAsync((NapWorkflow nap) => nap.RunAsync(TimeSpan.FromDays(3)));
    }

    private static string AddressOf(WorkflowTest test) => test.Client.Connection.Options.TargetHost!;

    private Task<WorkflowTest> StartAsync(string ns = "default") => WorkflowTest.StartAsync(
        worker => worker.AddWorkflow<OrderWorkflow>().AddWorkflow<NapWorkflow>().AddAllActivities(new Shop()),
        new() { Engine = _engine, Client = new() { Namespace = ns } });
}
