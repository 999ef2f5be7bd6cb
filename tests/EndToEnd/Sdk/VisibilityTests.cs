using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Lists and counts, right after the change that they tell of.</summary>
public sealed class VisibilityTests(SdkEngine engine)
{
    [Fact]
    public async Task List_RightAfterStartsAndEnds_IsTrue()
    {
        var customer = SdkEngine.NewName("customer");
        var handles = new List<WorkflowHandle>();
        for (var amount = 1; amount <= 5; amount++)
        {
            handles.Add(await StartAsync(customer, amount));
        }

        await handles[0].TerminateAsync();

        Assert.Equal(
            handles.Skip(1).Select(handle => handle.Id).Order(),
            (await ListAsync($"Customer = '{customer}' AND ExecutionStatus = 'Running'")).Order());
        Assert.Equal([handles[4].Id], await ListAsync($"Customer = '{customer}' AND Amount > 4"));
        Assert.Equal([handles[0].Id], await ListAsync($"Customer = '{customer}' AND CloseTime IS NOT NULL"));
    }

    [Fact]
    public async Task Count_ByStatus_HasAGroupForEach()
    {
        var customer = SdkEngine.NewName("customer");
        await StartAsync(customer, 1);
        await (await StartAsync(customer, 2)).TerminateAsync();
        await (await StartAsync(customer, 3)).TerminateAsync();

        var counted = await engine.Client.CountWorkflowsAsync($"Customer = '{customer}' GROUP BY ExecutionStatus");

        Assert.Equal(3, counted.Count);
        Assert.Equal(
            [("Running", 1L), ("Terminated", 2L)],
            counted.Groups.Select(group => ((string)group.GroupValues.First(), group.Count)).Order());
    }

    [Fact]
    public async Task List_WhenTheQueryIsWrong_IsRefused()
    {
        var refused = await Assert.ThrowsAsync<RpcException>(() => ListAsync("Colour = 'red'"));

        Assert.Equal(RpcException.StatusCode.InvalidArgument, refused.Code);
    }

    [Fact]
    public async Task Start_WhenASearchAttributeIsUnknown_IsRefused()
    {
        var colour = SearchAttributeKey.CreateKeyword("Colour");

        var refused = await Assert.ThrowsAsync<RpcException>(() => engine.StartWaitingAsync(configure: options =>
            options.TypedSearchAttributes = new SearchAttributeCollection.Builder()
                .Set(colour, "red").ToSearchAttributeCollection()));

        Assert.Equal(
            (RpcException.StatusCode.InvalidArgument, "Namespace default has no mapping defined for search attribute Colour"),
            (refused.Code, refused.Message));
    }

    private Task<WorkflowHandle<WaitingWorkflow, string>> StartAsync(string customer, long amount) =>
        engine.StartWaitingAsync(configure: options => options.TypedSearchAttributes = new SearchAttributeCollection.Builder()
            .Set(SdkEngine.Customer, customer)
            .Set(SdkEngine.Amount, amount)
            .ToSearchAttributeCollection());

    private async Task<List<string>> ListAsync(string query)
    {
        var ids = new List<string>();
        await foreach (var run in engine.Client.ListWorkflowsAsync(query))
        {
            ids.Add(run.Id);
        }

        return ids;
    }
}
