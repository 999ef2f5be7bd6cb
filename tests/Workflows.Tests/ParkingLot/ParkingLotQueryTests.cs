using AugmentedOS.Workflows.ParkingLot;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Workflows.Tests.ParkingLot;

public sealed class ParkingLotQueryTests
{
    [Fact]
    public void Query_WhenNothingIsSet_IsForAllThatFailedOrTimedOut() =>
        Assert.Equal("ExecutionStatus IN ('Failed', 'TimedOut')", new ParkingLotQuery().ToVisibilityQuery());

    [Fact]
    public void Query_WhenAllIsSet_HasAllOfIt() => Assert.Equal(
        "ExecutionStatus IN ('Terminated') AND WorkflowType = 'It''s' AND CloseTime >= '2026-03-01T12:00:00.0000000Z'"
            + " AND CloseTime < '2026-03-02T12:00:00.0000000Z' AND (Region = 'EU' OR Region = 'UK')",
        new ParkingLotQuery
        {
            Statuses = [WorkflowExecutionStatus.Terminated],
            WorkflowType = "It's",
            ClosedFrom = new(2026, 3, 1, 13, 0, 0, TimeSpan.FromHours(1)),
            ClosedBefore = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero),
            Where = "Region = 'EU' OR Region = 'UK'",
        }.ToVisibilityQuery());

    [Theory]
    [InlineData(WorkflowExecutionStatus.Running)]
    [InlineData(WorkflowExecutionStatus.Completed)]
    [InlineData(WorkflowExecutionStatus.ContinuedAsNew)]
    public void Query_WhenItAsksForWhatDidNotFail_IsToldWhatToAskFor(WorkflowExecutionStatus status) => Assert.Contains(
        "name Failed, TimedOut, Terminated or Canceled",
        Assert.Throws<ArgumentException>(() => new ParkingLotQuery { Statuses = [status] }.ToVisibilityQuery()).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Query_WhenItAsksForNoStatus_IsRefused() =>
        Assert.Throws<ArgumentException>(() => new ParkingLotQuery { Statuses = [] }.ToVisibilityQuery());
}
