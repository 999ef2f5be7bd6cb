using AugmentedOS.Testing.Engines;
using AugmentedOS.Testing.Histories;

namespace AugmentedOS.Testing.Tests.Engines;

/// <summary>An engine in a process of its own, really killed.</summary>
public sealed class ProcessEngineTests
{
    private static readonly string Executable = Path.Combine(
        AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "aos.exe" : "aos");

    [Fact]
    public async Task Workflow_WhenTheEngineIsKilledWhileItSleeps_WakesInTime()
    {
        await using var test = await WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()),
            new() { Engine = TestEngine.InProcess(Executable) });
        var began = await test.GetCurrentTimeAsync();
        var order = await test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await test.WaitForAsync(order, HistoryStep.Timer(TimeSpan.FromDays(30)));
        await test.DelayAsync(TimeSpan.FromDays(10));

        await test.CrashEngineAsync();

        Assert.InRange(await test.GetCurrentTimeAsync() - began, TimeSpan.FromDays(10), TimeSpan.FromDays(10.01));
        Assert.Equal("expired", await order.GetResultAsync());
    }

    [Fact]
    public async Task Engine_WhenThereIsNoExecutable_SaysWhatToGive()
    {
        var failure = await Assert.ThrowsAsync<WorkflowTestException>(() => WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<NapWorkflow>(), new() { Engine = TestEngine.InProcess("/nowhere/aos") }));

        Assert.Contains("There is no '/nowhere/aos'", failure.Message);
    }

    [Fact]
    public async Task Engine_WhenItCannotStart_SaysWhatItSaid()
    {
        var failure = await Assert.ThrowsAsync<WorkflowTestException>(() => WorkflowTest.StartAsync(
            worker => worker.AddWorkflow<NapWorkflow>(),
            new()
            {
                Engine = TestEngine.InProcess(Executable),
                Client = new() { Namespace = "not a name, because it is far too long" + new string('x', 2000) },
            }));

        Assert.Contains("The engine ended before it was up. It said:", failure.Message);
    }
}
