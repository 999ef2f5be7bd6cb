using System.Collections.Immutable;
using AugmentedOS.Engine.Visibility;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

public sealed class ListingTests : IDisposable
{
    private readonly VisibilityFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void List_WhenMixed_HasOpenOnesFirstThenTheLatestClosed()
    {
        _file.Add("closed-early", startedAt: 0, closedAt: 10);
        _file.Add("open-old", startedAt: 1);
        _file.Add("closed-late", startedAt: 2, closedAt: 20);
        _file.Add("open-new", startedAt: 3);
        _file.Add("closed-late-started-late", startedAt: 4, closedAt: 20);

        Assert.Equal(
            ["open-new", "open-old", "closed-late-started-late", "closed-late", "closed-early"], _file.Ids());
    }

    [Fact]
    public void List_WhenPagedByTwo_EndsWithoutADanglingToken()
    {
        for (var index = 0; index < 5; index++)
        {
            _file.Add($"w{index}", startedAt: 7, closedAt: index % 2 == 0 ? 9 : null);
        }

        Assert.Equal([2, 2, 1], Pages(2).Select(page => page.Length));
        Assert.Equal(_file.Ids(), Pages(2).SelectMany(page => page));
        Assert.Equal([5, 0], Pages(5).Select(page => page.Length));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(1001)]
    [InlineData(int.MaxValue)]
    public void List_WhenPageSizeIsOutOfRange_TakesAThousand(int pageSize)
    {
        for (var index = 0; index < 1001; index++)
        {
            _file.Add($"w{index}", startedAt: index);
        }

        Assert.Equal(1000, Pages(pageSize).First().Length);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a token of another kind, long enough to be one")]
    public void List_WhenTheTokenIsNotOurs_IsRefused(string token)
    {
        var answer = VisibilityReader.List(
            _file.Database, _file.Scope, "", pageSize: 1, ByteString.CopyFromUtf8(token));

        Assert.False(answer.TryGet(out _, out var rejection));
        Assert.Equal("Invalid NextPageToken.", rejection.Message);
    }

    [Fact]
    public void Entry_WhenOpen_ShowsNothingThatOnlyClosingTells()
    {
        var record = _file.Add("w", startedAt: 5);

        var info = Assert.Single(_file.List());

        Assert.Equal(record.Key.ToExecution(), info.Execution);
        Assert.Equal("Order", info.Type.Name);
        Assert.Equal("queue", info.TaskQueue);
        Assert.Equal(WorkflowExecutionStatus.Running, info.Status);
        Assert.Equal(VisibilityFile.At(5).ToTimestamp(), info.StartTime);
        Assert.Equal(VisibilityFile.At(5).ToTimestamp(), info.ExecutionTime);
        Assert.Null(info.CloseTime);
        Assert.Null(info.ExecutionDuration);
        Assert.Equal(0, info.HistoryLength);
        Assert.NotNull(info.Memo);
        Assert.NotNull(info.SearchAttributes);
        Assert.Null(info.ParentExecution);
        Assert.Equal(info.Execution, info.RootExecution);
    }

    [Fact]
    public void Entry_WhenClosed_ShowsWhatItCameTo()
    {
        var parent = new WorkflowExecution { WorkflowId = "p", RunId = Guid.Empty.ToString() };
        var root = new WorkflowExecution { WorkflowId = "r", RunId = Guid.AllBitsSet.ToString() };
        var record = _file.Add("prototype", startedAt: 1, closedAt: 3.5) with
        {
            RunNumber = 99,
            Parent = parent,
            Root = root,
            Memo = ImmutableSortedDictionary<string, Payload>.Empty.Add("note", Sample.Json("1")),
            SearchAttributes = Sample.Attributes(_file.Scope.Catalog, ("Amount", 7)),
        };
        _file.Writer.Delete(1);
        _file.Add(record);

        var info = Assert.Single(_file.List());

        Assert.Equal(VisibilityFile.At(3.5).ToTimestamp(), info.CloseTime);
        Assert.Equal(Duration.FromTimeSpan(TimeSpan.FromSeconds(2.5)), info.ExecutionDuration);
        Assert.Equal((11, 1234, 5), (info.HistoryLength, info.HistorySizeBytes, info.StateTransitionCount));
        Assert.Equal(parent, info.ParentExecution);
        Assert.Equal(root, info.RootExecution);
        Assert.Equal("1", info.Memo.Fields["note"].Data.ToStringUtf8());
        Assert.Equal("Int", info.SearchAttributes.IndexedFields["Amount"].Metadata["type"].ToStringUtf8());
    }

    [Fact]
    public void List_WhenAnAttributeWasRemoved_DoesNotShowIt()
    {
        _file.Add("w", attributes: [("Amount", 7), ("Customer", "c")]);
        Assert.True(_file.Scope.Catalog.Remove(["Amount"]).TryGet(out var without, out _));

        var answer = VisibilityReader.List(
            _file.Database, _file.Scope with { Catalog = without }, "", pageSize: 1, ByteString.Empty);

        Assert.True(answer.TryGet(out var page, out _));
        Assert.Equal(["Customer"], page.Runs[0].SearchAttributes.IndexedFields.Keys);
    }

    [Fact]
    public void List_WhenOtherNamespacesHaveRuns_ShowsOnlyItsOwn()
    {
        var other = new NamespaceId(Guid.AllBitsSet);
        _file.Add("mine", attributes: [("Customer", "c")]);
        _file.Add("theirs", ns: other, attributes: [("Customer", "c")]);

        Assert.Equal(["mine"], _file.Ids());
        Assert.Equal(["mine"], _file.Ids("Customer = 'c'"));
        Assert.Equal(1, _file.Count("Customer != 'd'").Total);
    }

    [Fact]
    public void List_WhenRunsAreInternal_HidesThemUnlessAsked()
    {
        _file.Add("user");
        _file.Add("internal", attributes: [("TemporalNamespaceDivision", "TemporalScheduler")]);

        Assert.Equal(["user"], _file.Ids());
        Assert.Equal(["user"], _file.Ids("WorkflowType = 'Order'"));
        Assert.Equal(["internal"], _file.Ids("TemporalNamespaceDivision = 'TemporalScheduler'"));
        Assert.Equal(
            ["internal", "user"],
            _file.Ids("TemporalNamespaceDivision IS NULL OR TemporalNamespaceDivision IS NOT NULL").Order());
        Assert.Equal(1, _file.Count().Total);
    }

    [Fact]
    public void Count_WhenGrouped_SumsTheGroups()
    {
        _file.Add("a");
        _file.Add("b", closedAt: 1);
        _file.Add("c", closedAt: 2);
        _file.Add("d", closedAt: 2, status: WorkflowExecutionStatus.TimedOut);

        var count = _file.Count("GROUP BY ExecutionStatus");

        Assert.Equal(4, count.Total);
        Assert.Equal(
            ["1 \"Running\"", "2 \"Completed\"", "1 \"TimedOut\""],
            count.Groups.Select(group => $"{group.Count} {Assert.Single(group.GroupValues).Data.ToStringUtf8()}"));
        Assert.Equal("Keyword", count.Groups[0].GroupValues[0].Metadata["type"].ToStringUtf8());
        Assert.Equal("json/plain", count.Groups[0].GroupValues[0].Metadata["encoding"].ToStringUtf8());
        Assert.Empty(_file.Count("ExecutionStatus = 'Completed'").Groups);
        Assert.Equal(2, _file.Count("ExecutionStatus = 'Completed' GROUP BY ExecutionStatus").Total);
    }

    [Fact]
    public void Count_WhenGroupedByDivision_CountsThoseWithoutToo()
    {
        _file.Add("user");
        _file.Add("internal", attributes: [("TemporalNamespaceDivision", "TemporalBatcher")]);

        var groups = _file.Count("GROUP BY TemporalNamespaceDivision").Groups;

        Assert.Equal(["null", "\"TemporalBatcher\""], groups.Select(group => group.GroupValues[0].Data.ToStringUtf8()));
    }

    private IEnumerable<string[]> Pages(int size)
    {
        var token = ByteString.Empty;
        do
        {
            var answer = VisibilityReader.List(_file.Database, _file.Scope, "", size, token);
            Assert.True(answer.TryGet(out var page, out var rejection), rejection?.Message);
            token = page.NextPageToken;
            yield return [.. page.Runs.Select(info => info.Execution.WorkflowId)];
        }
        while (!token.IsEmpty);
    }
}
