using Temporalio.Client;

namespace AugmentedOS.Testing.Tests.Golden;

/// <summary>Histories that are kept beside tests.</summary>
public sealed class GoldenHistoryTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aos-golden-").FullName;
    private WorkflowTest _test = null!;

    public async ValueTask InitializeAsync() => _test = await WorkflowTest.StartAsync(worker => worker
        .AddWorkflow<OrderWorkflow>().AddAllActivities(new Shop()));

    public async ValueTask DisposeAsync()
    {
        await _test.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Golden_WhenTheCodeIsAsItWas_Matches() => await _test.MatchesGoldenAsync(await ApproveAsync());

    [Fact]
    public async Task Golden_WhenTheWorkflowDoesSomethingElse_NamesTheFirstDifference()
    {
        await WriteAsync(await ApproveAsync());

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(
            async () => await MatchAsync(await ExpireAsync()));

        Assert.Contains("after timer 30d", failure.Message);
        Assert.Contains("golden: signal Approve", failure.Message);
        Assert.Contains("now:    complete", failure.Message);
        Assert.Contains("AOS_UPDATE_GOLDEN=1", failure.Message);
    }

    [Fact]
    public async Task Golden_WhenTodaysCodeDoesNotReplayIt_SaysSo()
    {
        var order = await ApproveAsync();
        await WriteAsync(order);
        var path = Path.Combine(_folder, "Golden", "order.json");
        await File.WriteAllTextAsync(path, (await File.ReadAllTextAsync(path)).Replace("\"Charge\"", "\"Bill\""));

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(() => MatchAsync(order));

        Assert.StartsWith($"The golden history '{path}' does not replay", failure.Message);
        Assert.Contains("Bill", failure.Message);
    }

    [Fact]
    public async Task Golden_WhenSomethingFailedInIt_NamesNoFolderOfTheMachine()
    {
        _test.Activity((IShop shop) => shop.ChargeAsync(default!, default)).Throws(new InvalidOperationException("busy"), 1).Runs();

        await WriteAsync(await ApproveAsync());

        var written = await File.ReadAllTextAsync(Path.Combine(_folder, "Golden", "order.json"));
        Assert.Contains("busy", written, StringComparison.Ordinal);
        Assert.DoesNotContain("stackTrace", written, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Golden_WhenThereIsNone_SaysHowToMakeIt()
    {
        var order = await ApproveAsync();

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(() => MatchAsync(order));

        Assert.Contains("order.json' yet. Run the test once with AOS_UPDATE_GOLDEN=1", failure.Message);
    }

    [Fact]
    public async Task Golden_WhenItIsDamaged_SaysSo()
    {
        var order = await ApproveAsync();
        await WriteAsync(order);
        await File.WriteAllTextAsync(Path.Combine(_folder, "Golden", "order.json"), "{");

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(() => MatchAsync(order));

        Assert.Contains("cannot be read", failure.Message);
    }

    [Fact]
    public async Task Golden_WhenTheSourceIsNotHere_SaysSo()
    {
        var order = await ApproveAsync();

        var failure = await Assert.ThrowsAsync<WorkflowTestException>(
            () => _test.MatchesGoldenAsync(order, testFile: "/_/tests/OrderTests.cs"));

        Assert.Contains("is not on this machine", failure.Message);
    }

    private async Task<WorkflowHandle> ApproveAsync()
    {
        var order = await _test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await _test.DelayAsync(TimeSpan.FromDays(1));
        await order.SignalAsync(workflow => workflow.ApproveAsync("lead"));
        await order.GetResultAsync();
        return order;
    }

    private async Task<WorkflowHandle> ExpireAsync()
    {
        var order = await _test.StartWorkflowAsync((OrderWorkflow workflow) => workflow.RunAsync("o-1"));
        await order.GetResultAsync();
        return order;
    }

    private Task MatchAsync(WorkflowHandle order) =>
        _test.MatchesGoldenAsync(order, "order", Path.Combine(_folder, "OrderTests.cs"));

    private async Task WriteAsync(WorkflowHandle order)
    {
        var file = new AugmentedOS.Testing.Golden.GoldenFile(Path.Combine(_folder, "OrderTests.cs"), "order", order.Id);
        await file.WriteAsync(await order.FetchHistoryAsync());
    }
}
