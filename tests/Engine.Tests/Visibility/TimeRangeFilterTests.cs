using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Filter.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

public sealed class TimeRangeFilterTests : IDisposable
{
    private readonly VisibilityFile _file = new();

    public TimeRangeFilterTests()
    {
        _file.Add("open-1", startedAt: 1);
        _file.Add("open-5", startedAt: 5, type: "Payment");
        _file.Add("closed-2", startedAt: 1, closedAt: 2);
        _file.Add("closed-6", startedAt: 5, closedAt: 6, status: WorkflowExecutionStatus.Failed);
        _file.Add("internal", attributes: [("TemporalNamespaceDivision", "TemporalScheduler")]);
    }

    public void Dispose() => _file.Dispose();

    [Fact]
    public void Open_WhenUnfiltered_AreAllThatRun() =>
        Assert.Equal(["open-5", "open-1"], Ids(TimeRangeFilter.Of(new ListOpenWorkflowExecutionsRequest())));

    [Fact]
    public void Open_WhenFiltered_AreThoseThatStartedThen()
    {
        Assert.Equal(["open-5"], Ids(TimeRangeFilter.Of(new ListOpenWorkflowExecutionsRequest
        {
            StartTimeFilter = Range(2, 5),
        })));
        Assert.Equal(["open-5"], Ids(TimeRangeFilter.Of(new ListOpenWorkflowExecutionsRequest
        {
            TypeFilter = new WorkflowTypeFilter { Name = "Payment" },
        })));
        Assert.Equal(["open-1"], Ids(TimeRangeFilter.Of(new ListOpenWorkflowExecutionsRequest
        {
            ExecutionFilter = new WorkflowExecutionFilter { WorkflowId = "open-1" },
        })));
    }

    [Fact]
    public void Closed_WhenFiltered_AreThoseThatClosedThen()
    {
        Assert.Equal(["closed-6", "closed-2"], Ids(TimeRangeFilter.Of(new ListClosedWorkflowExecutionsRequest())));
        Assert.Equal(["closed-6"], Ids(TimeRangeFilter.Of(new ListClosedWorkflowExecutionsRequest
        {
            StartTimeFilter = Range(3, 9),
        })));
        Assert.Equal(["closed-2"], Ids(TimeRangeFilter.Of(new ListClosedWorkflowExecutionsRequest
        {
            StatusFilter = new StatusFilter { Status = WorkflowExecutionStatus.Completed },
        })));
    }

    [Theory]
    [InlineData(WorkflowExecutionStatus.Unspecified)]
    [InlineData(WorkflowExecutionStatus.Running)]
    public void Closed_WhenTheStatusIsNoneOfTheirs_IsRefused(WorkflowExecutionStatus status)
    {
        var request = new ListClosedWorkflowExecutionsRequest { StatusFilter = new StatusFilter { Status = status } };

        Assert.False(TimeRangeFilter.Of(request).TryGet(out _, out var rejection));
        Assert.Equal("StatusFilter must be specified and must be not Running.", rejection.Message);
    }

    [Fact]
    public void Range_WhenBackwards_IsRefused()
    {
        var request = new ListOpenWorkflowExecutionsRequest { StartTimeFilter = Range(5, 2) };

        Assert.False(TimeRangeFilter.Of(request).TryGet(out _, out var rejection));
        Assert.Equal("EarliestTime in StartTimeFilter should not be larger than LatestTime.", rejection.Message);
    }

    private string[] Ids(Validated<Condition> filter)
    {
        Assert.True(filter.TryGet(out var condition, out var rejection), rejection?.Message);
        var answer = VisibilityReader.List(_file.Database, _file.Scope, condition, pageSize: 10, ByteString.Empty);
        Assert.True(answer.TryGet(out var page, out _));
        return [.. page.Runs.Select(info => info.Execution.WorkflowId)];
    }

    private static StartTimeFilter Range(double from, double to) => new()
    {
        EarliestTime = VisibilityFile.At(from).ToTimestamp(),
        LatestTime = VisibilityFile.At(to).ToTimestamp(),
    };
}
