using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Exceptions;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Search attributes and lists as the official SDK's client sees them.</summary>
public sealed class VisibilityRpcsTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string Namespace = "default";

    private static readonly SearchAttributeKey<string> Customer = SearchAttributeKey.CreateKeyword("RpcCustomer");
    private static readonly SearchAttributeKey<long> Amount = SearchAttributeKey.CreateLong("RpcAmount");
    private static readonly SearchAttributeKey<double> Score = SearchAttributeKey.CreateDouble("RpcScore");
    private static readonly SearchAttributeKey<bool> Flag = SearchAttributeKey.CreateBool("RpcFlag");
    private static readonly SearchAttributeKey<DateTimeOffset> Due =
        SearchAttributeKey.CreateDateTimeOffset("RpcDue");

    private static readonly SearchAttributeKey<string> Note = SearchAttributeKey.CreateText("RpcNote");
    private static readonly SearchAttributeKey<IReadOnlyCollection<string>> Tags =
        SearchAttributeKey.CreateKeywordList("RpcTags");

    [Fact]
    public async Task Attributes_OfAllTypes_AreUsableAtOnceAndReadBack()
    {
        await AddAsync(Customer, Amount, Score, Flag, Due, Note, Tags);
        var due = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
        var handle = await StartAsync(new SearchAttributeCollection.Builder()
            .Set(Customer, "alice")
            .Set(Amount, 42)
            .Set(Score, 1.5)
            .Set(Flag, true)
            .Set(Due, due)
            .Set(Note, "brave new world")
            .Set(Tags, ["red", "blue"])
            .ToSearchAttributeCollection());

        var found = await ListAsync(
            "RpcCustomer = 'alice' AND RpcAmount = 42 AND RpcScore > 1 AND RpcFlag = true AND " +
            "RpcDue = '2026-01-02T03:04:05Z' AND RpcNote = 'new' AND RpcTags IN ('blue')");

        var run = Assert.Single(found);
        Assert.Equal(handle.Id, run.Id);
        Assert.Equal("alice", run.TypedSearchAttributes.Get(Customer));
        Assert.Equal(42, run.TypedSearchAttributes.Get(Amount));
        Assert.Equal(due, run.TypedSearchAttributes.Get(Due));
        Assert.Equal(["red", "blue"], run.TypedSearchAttributes.Get(Tags));
    }

    [Fact]
    public async Task Attribute_WhenNotRegistered_IsRefused()
    {
        var unknown = SearchAttributeKey.CreateKeyword("RpcUnknown");

        var refused = await Assert.ThrowsAsync<RpcException>(() => StartAsync(
            new SearchAttributeCollection.Builder().Set(unknown, "x").ToSearchAttributeCollection()));

        Assert.Equal(RpcException.StatusCode.InvalidArgument, refused.Code);
        Assert.Equal("Namespace default has no mapping defined for search attribute RpcUnknown", refused.Message);
    }

    [Fact]
    public async Task Attribute_WhenRemoved_IsUnknownToQueries()
    {
        var gone = SearchAttributeKey.CreateKeyword("RpcGone");
        await AddAsync(gone);
        Assert.Empty(await ListAsync("RpcGone = 'x'"));

        await engine.Client.OperatorService.RemoveSearchAttributesAsync(
            new RemoveSearchAttributesRequest { Namespace = Namespace, SearchAttributes = { "RpcGone" } });

        var refused = await Assert.ThrowsAsync<RpcException>(() => ListAsync("RpcGone = 'x'"));
        Assert.Equal(
            "invalid query: invalid expression: column name 'RpcGone' is not a valid search attribute",
            refused.Message);
    }

    [Fact]
    public async Task Runs_WhenCountedByStatus_AddUp()
    {
        var type = $"Counted{Guid.NewGuid():N}";
        for (var index = 0; index < 3; index++)
        {
            var handle = await engine.Client.StartWorkflowAsync(
                type, [], new WorkflowOptions($"{type}-{index}", "nobody-polls"));
            if (index == 0)
            {
                await handle.TerminateAsync();
            }
        }

        var count = await engine.Client.CountWorkflowsAsync($"WorkflowType = '{type}' GROUP BY ExecutionStatus");

        Assert.Equal(3, count.Count);
        Assert.Equal(
            ["2 Running", "1 Terminated"],
            count.Groups.Select(group => $"{group.Count} {group.GroupValues.Single()}"));
    }

    [Fact]
    public async Task Runs_WhenPagedByTwo_ComeWithoutADanglingToken()
    {
        var type = $"Paged{Guid.NewGuid():N}";
        for (var index = 0; index < 5; index++)
        {
            await engine.Client.StartWorkflowAsync(type, [], new WorkflowOptions($"{type}-{index}", "nobody-polls"));
        }

        var request = new ListWorkflowExecutionsRequest
        {
            Namespace = Namespace,
            PageSize = 2,
            Query = $"WorkflowType = '{type}'",
        };
        var sizes = new List<int>();
        do
        {
            var page = await engine.Client.WorkflowService.ListWorkflowExecutionsAsync(request);
            sizes.Add(page.Executions.Count);
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty && sizes.Count < 5);

        Assert.Equal([2, 2, 1], sizes);
    }

    [Fact]
    public async Task Open_WhenListedTheOldWay_AreThere()
    {
        var handle = await engine.Client.StartWorkflowAsync(
            "Open", [], new WorkflowOptions($"open-{Guid.NewGuid()}", "nobody-polls"));

        var open = await engine.Client.WorkflowService.ListOpenWorkflowExecutionsAsync(
            new ListOpenWorkflowExecutionsRequest
            {
                Namespace = Namespace,
                ExecutionFilter = new() { WorkflowId = handle.Id },
            });

        Assert.Equal(handle.Id, Assert.Single(open.Executions).Execution.WorkflowId);
    }

    [Fact]
    public async Task Closed_WhenListedTheOldWay_AreThereWhenTheyHaveEnded()
    {
        var handle = await engine.Client.StartWorkflowAsync(
            "Closed", [], new WorkflowOptions($"closed-{Guid.NewGuid()}", "nobody-polls"));
        var request = new ListClosedWorkflowExecutionsRequest
        {
            Namespace = Namespace,
            ExecutionFilter = new() { WorkflowId = handle.Id },
        };

        Assert.Empty((await engine.Client.WorkflowService.ListClosedWorkflowExecutionsAsync(request)).Executions);
        await handle.TerminateAsync();

        var closed = await engine.Client.WorkflowService.ListClosedWorkflowExecutionsAsync(request);
        Assert.Equal(handle.Id, Assert.Single(closed.Executions).Execution.WorkflowId);
    }

    [Fact]
    public async Task Runs_WhenScanned_AreThoseThatAreListed()
    {
        var handle = await engine.Client.StartWorkflowAsync(
            "Scanned", [], new WorkflowOptions($"scanned-{Guid.NewGuid()}", "nobody-polls"));

        var scanned = await engine.Client.WorkflowService.ScanWorkflowExecutionsAsync(
            new ScanWorkflowExecutionsRequest { Namespace = Namespace, Query = $"WorkflowId = '{handle.Id}'" });

        Assert.Equal(handle.ResultRunId ?? handle.FirstExecutionRunId, Assert.Single(scanned.Executions).Execution.RunId);
    }

    private Task<AddSearchAttributesResponse> AddAsync(params SearchAttributeKey[] keys)
    {
        var request = new AddSearchAttributesRequest { Namespace = Namespace };
        foreach (var key in keys)
        {
            request.SearchAttributes.Add(key.Name, key.ValueType);
        }

        return engine.Client.OperatorService.AddSearchAttributesAsync(request);
    }

    private Task<WorkflowHandle> StartAsync(SearchAttributeCollection attributes) => engine.Client.StartWorkflowAsync(
        "Searched",
        [],
        new WorkflowOptions($"searched-{Guid.NewGuid()}", "nobody-polls") { TypedSearchAttributes = attributes });

    private async Task<List<WorkflowExecution>> ListAsync(string query)
    {
        var runs = new List<WorkflowExecution>();
        await foreach (var run in engine.Client.ListWorkflowsAsync(query))
        {
            runs.Add(run);
        }

        return runs;
    }
}
