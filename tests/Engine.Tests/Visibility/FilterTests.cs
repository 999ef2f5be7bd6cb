using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

public sealed class FilterTests : IDisposable
{
    private readonly VisibilityFile _file = new();

    public FilterTests()
    {
        _file.Add("a", 1, closedAt: 61, type: "Order", attributes: [
            ("Customer", "alice"), ("Amount", 5), ("Score", 0.5), ("Flag", true), ("Due", "2026-01-01T00:00:00Z"),
            ("Tags", new[] { "red", "blue" }), ("Note", "Hello, brave new World")]);
        _file.Add("b", 2, WorkflowExecutionStatus.Failed, 3, type: "Payment", attributes: [
            ("Customer", "bob"), ("Amount", 50), ("Flag", false), ("Tags", new[] { "red" }), ("Note", "good-bye"),
            ("with-dash", "x'; DROP TABLE runs; --")]);
        _file.Add("c", 3, attributes: [("Amount", -1), ("Score", 2), ("Due", "2026-06-01T12:00:00.5+02:00")]);
    }

    public void Dispose() => _file.Dispose();

    [Theory]
    [InlineData("", "abc")]
    [InlineData("   ", "abc")]
    [InlineData("WorkflowId = 'a'", "a")]
    [InlineData("WorkflowId != 'a'", "bc")]
    [InlineData("WorkflowId <> \"a\"", "bc")]
    [InlineData("WorkflowId IN ('a', 'c', 'z')", "ac")]
    [InlineData("workflowid in ('a') or WorkflowId = 'b'", "!")]
    [InlineData("WorkflowId NOT IN ('a')", "bc")]
    [InlineData("WorkflowId > 'a' and WorkflowId <= 'b'", "b")]
    [InlineData("WorkflowId BETWEEN 'b' AND 'c'", "bc")]
    [InlineData("WorkflowId NOT BETWEEN 'b' AND 'c'", "a")]
    [InlineData("WorkflowType STARTS_WITH 'Pay'", "b")]
    [InlineData("WorkflowType NOT STARTS_WITH 'Pay'", "ac")]
    [InlineData("WorkflowType starts_with 'pay'", "")]
    [InlineData("Customer STARTS_WITH ''", "ab")]
    [InlineData("Customer NOT STARTS_WITH 'al'", "b")]
    [InlineData("Customer STARTS_WITH 'al%'", "")]
    [InlineData("`with-dash` = 'x''; DROP TABLE runs; --'", "b")]
    [InlineData("`with-dash` = 'x\\'; DROP TABLE runs; --'", "b")]
    [InlineData("ExecutionStatus = 'Running'", "c")]
    [InlineData("ExecutionStatus = 1", "c")]
    [InlineData("ExecutionStatus = 'WORKFLOW_EXECUTION_STATUS_COMPLETED'", "a")]
    [InlineData("ExecutionStatus IN ('Failed', 'Completed')", "ab")]
    [InlineData("ExecutionStatus != 'Running'", "ab")]
    [InlineData("NOT ExecutionStatus = 'Running'", "ab")]
    [InlineData("ExecutionStatus STARTS_WITH 'Failed'", "b")]
    [InlineData("CloseTime IS NULL", "c")]
    [InlineData("CloseTime IS NOT NULL", "ab")]
    [InlineData("NOT CloseTime IS NULL", "ab")]
    [InlineData("CloseTime > '2026-01-01T00:01:00Z'", "ac")]
    [InlineData("CloseTime < '2026-01-01T00:01:00Z'", "b")]
    [InlineData("StartTime = '2026-01-01T00:00:02Z'", "b")]
    [InlineData("StartTime = '2026-01-01T01:00:02+01:00'", "b")]
    [InlineData("StartTime >= 1767225602000000000", "bc")]
    [InlineData("StartTime BETWEEN '2026-01-01T00:00:01Z' AND '2026-01-01T00:00:02.5Z'", "ab")]
    [InlineData("StartTime > '9999-12-31T23:59:59-23:00'", "")]
    [InlineData("ExecutionDuration = '1m'", "a")]
    [InlineData("ExecutionDuration = '00:01:00'", "a")]
    [InlineData("ExecutionDuration = 60000000000", "a")]
    [InlineData("ExecutionDuration < '1.5m'", "ab")]
    [InlineData("ExecutionDuration IS NULL", "c")]
    [InlineData("HistoryLength != 0", "ab")]
    [InlineData("NOT (HistoryLength = 0)", "ab")]
    [InlineData("HistoryLength IS NULL", "c")]
    [InlineData("StateTransitionCount = 5 AND HistorySizeBytes >= 1234", "ab")]
    [InlineData("Customer = 'alice'", "a")]
    [InlineData("Customer != 'alice'", "b")]
    [InlineData("NOT Customer = 'alice'", "b")]
    [InlineData("NOT (Customer = 'alice' OR Amount = -1)", "b")]
    [InlineData("Customer IS NULL", "c")]
    [InlineData("Customer IS NOT NULL", "ab")]
    [InlineData("Customer NOT IN ('alice')", "b")]
    [InlineData("Amount >= 5 AND Amount < 50.5", "ab")]
    [InlineData("Amount = '50'", "b")]
    [InlineData("Amount = -1", "c")]
    [InlineData("Amount = +5", "a")]
    [InlineData("Amount NOT BETWEEN 0 AND 10", "bc")]
    [InlineData("Score = .5", "a")]
    [InlineData("Score > 5e-1", "c")]
    [InlineData("Score = 2", "c")]
    [InlineData("Flag = true", "a")]
    [InlineData("Flag = FALSE", "b")]
    [InlineData("Flag != true", "b")]
    [InlineData("Flag IN (true, false)", "ab")]
    [InlineData("Due < '2026-06-01T10:00:00.6Z'", "ac")]
    [InlineData("Due = '2026-06-01T10:00:00.500Z'", "c")]
    [InlineData("Tags = 'red'", "ab")]
    [InlineData("Tags != 'blue'", "b")]
    [InlineData("Tags IN ('blue', 'green')", "a")]
    [InlineData("Tags NOT IN ('blue', 'green')", "b")]
    [InlineData("NOT Tags = 'blue'", "b")]
    [InlineData("Tags IS NULL", "c")]
    [InlineData("Note = 'WORLD'", "a")]
    [InlineData("Note = 'nothing bye'", "b")]
    [InlineData("Note = 'wor'", "")]
    [InlineData("Note != 'hello'", "b")]
    [InlineData("Note IS NOT NULL", "ab")]
    [InlineData("RootWorkflowId = 'a'", "a")]
    [InlineData("ParentWorkflowId IS NULL", "abc")]
    [InlineData("ParentWorkflowId != 'x'", "")]
    [InlineData("RunId = '00000002-0000-7000-8000-000000000002'", "b")]
    [InlineData("RootRunId IN ('00000002-0000-7000-8000-000000000002', 'nonsense')", "b")]
    [InlineData("RunId != 'nonsense'", "abc")]
    [InlineData("RunId STARTS_WITH '00000001-0000-7'", "a")]
    [InlineData("RunId > '00000001-0000-7000-8000-000000000001'", "bc")]
    [InlineData("RunId = '00000002-0000-7000-8000-00000000000A'", "")]
    [InlineData("TemporalWorkflowId = 'a'", "a")]
    [InlineData("ChangeVersion IS NULL", "abc")]
    [InlineData("TemporalBuildIds IS NOT NULL", "")]
    [InlineData("Amount = 5 OR Amount = 50 AND Flag = true", "a")]
    [InlineData("(Amount = 5 OR Amount = 50) AND Flag = false", "b")]
    [InlineData("NOT NOT Amount = 5", "a")]
    [InlineData("! (Amount = 5)", "bc")]
    public void Filter_WhenRun_FindsExactlyThese(string query, string ids)
    {
        if (ids == "!")
        {
            Assert.Contains("is not a valid search attribute", _file.Refusal(query), StringComparison.Ordinal);
            return;
        }

        Assert.Equal(ids, string.Concat(_file.Ids(query).Order()));
        Assert.Equal(ids.Length, _file.Count(query).Total);
    }

    [Theory]
    [InlineData(WorkflowExecutionStatus.Running, "Running")]
    [InlineData(WorkflowExecutionStatus.Completed, "Completed")]
    [InlineData(WorkflowExecutionStatus.Failed, "Failed")]
    [InlineData(WorkflowExecutionStatus.Canceled, "Canceled")]
    [InlineData(WorkflowExecutionStatus.Terminated, "Terminated")]
    [InlineData(WorkflowExecutionStatus.ContinuedAsNew, "ContinuedAsNew")]
    [InlineData(WorkflowExecutionStatus.TimedOut, "TimedOut")]
    [InlineData(WorkflowExecutionStatus.Paused, "Paused")]
    public void Filter_WhenByStatus_TakesItsNameAndItsNumberAndCountsItUnderItsName(
        WorkflowExecutionStatus status, string name)
    {
        _file.Add("it", 9, status, status is WorkflowExecutionStatus.Running or WorkflowExecutionStatus.Paused ? null : 10);

        Assert.Contains("it", _file.Ids($"ExecutionStatus = '{name}'"));
        Assert.Equal(_file.Ids($"ExecutionStatus = '{name}'"), _file.Ids($"ExecutionStatus = {(int)status}"));
        Assert.DoesNotContain("it", _file.Ids($"ExecutionStatus != '{name}'"));
        Assert.Contains(
            $"\"{name}\"",
            _file.Count("GROUP BY ExecutionStatus").Groups.Select(group => group.GroupValues[0].Data.ToStringUtf8()));
    }

    [Fact]
    public void Filter_WhenByScheduleId_FindsTheWorkflowOfTheSchedule()
    {
        _file.Add("temporal-sys-scheduler:nightly");

        Assert.Equal(["temporal-sys-scheduler:nightly"], _file.Ids("ScheduleId = 'nightly'"));
        Assert.Equal(["temporal-sys-scheduler:nightly"], _file.Ids("TemporalScheduleId STARTS_WITH 'night'"));
    }

    [Fact]
    public void Filter_WhenValuesHoldNulCharacters_ComparesAllOfThem()
    {
        _file.Add("x\0y", attributes: [("Customer", "p\0q")]);

        Assert.Equal(["x\0y"], _file.Ids("WorkflowId = 'x\\0y' AND Customer = 'p\\0q'"));
        Assert.Empty(_file.Ids("WorkflowId = 'x' OR Customer = 'p'"));
    }

    [Fact]
    public void Filter_WhenAtTheLimits_StillRuns()
    {
        var many = string.Join(" OR ", Enumerable.Range(0, 2_000).Select(index => $"Amount={index % 90}"));
        var list = $"WorkflowId IN ({string.Join(",", Enumerable.Range(0, 9_000).Select(index => $"'{index}'"))},'a')";
        var nots = string.Concat(Enumerable.Repeat("NOT (", 49)) + "Amount != 5" + new string(')', 49);

        Assert.Equal(["a", "b"], _file.Ids(many).Order());
        Assert.Equal(["a"], _file.Ids(list));
        Assert.Equal(["a"], _file.Ids(nots));
    }

    [Fact]
    public void Filter_WhenAndAndOrAlternateAsDeepAsAllowed_StillRuns()
    {
        var query = "Amount=5";
        for (var level = 0; level < 100; level++)
        {
            var (join, other) = level % 2 == 0 ? (" AND ", "Amount=5") : (" OR ", "Amount=9");
            query = $"({query}){join}{string.Join(join, Enumerable.Repeat(other, 19))}";
        }

        Assert.Equal(["a"], _file.Ids(query));
    }
}
