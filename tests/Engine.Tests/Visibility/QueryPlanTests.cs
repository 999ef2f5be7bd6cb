using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Tests.Visibility;

/// <summary>The common lists walk an index in list order: they cost what they return, not what there is.</summary>
public sealed class QueryPlanTests
{
    [Theory]
    [InlineData("", "runs_by_close (namespace_id=?)", true)]
    [InlineData("WorkflowType = 'Order'", "runs_by_type (namespace_id=? AND workflow_type=?)", true)]
    [InlineData("WorkflowId = 'w'", "runs_by_workflow (namespace_id=? AND workflow_id=?)", false)]
    [InlineData("ExecutionStatus = 'Running'", "runs_by_close (namespace_id=? AND close_time=?)", true)]
    [InlineData("ExecutionStatus = 'Completed'", "runs_by_close (namespace_id=?)", true)]
    [InlineData("ExecutionStatus = 'Failed'", "runs_by_outcome (namespace_id=? AND status=?)", true)]
    [InlineData("CloseTime IS NULL", "runs_by_close (namespace_id=? AND close_time=?)", true)]
    [InlineData("ParentWorkflowId = 'p'", "runs_by_parent (namespace_id=? AND parent_workflow_id=?)", false)]
    [InlineData("TemporalNamespaceDivision = 'd'",
        "runs_by_division (namespace_id=? AND namespace_division=?)", true)]
    [InlineData("Customer = 'c'", "search_attributes_by_value (attribute=? AND value=?)", true)]
    [InlineData("Customer = 'c' AND ExecutionStatus = 'Running'",
        "search_attributes_by_value (attribute=? AND value=? AND close_time=?)", true)]
    [InlineData("Customer = 'c' AND WorkflowType = 't' AND Tags = 'x'",
        "search_attributes_by_value (attribute=? AND value=?)", true)]
    [InlineData("Amount BETWEEN 1 AND 2",
        "search_attributes_by_value (attribute=? AND value>? AND value<?)", false)]
    [InlineData("WorkflowId STARTS_WITH 'w'", "runs_by_workflow (namespace_id=? AND workflow_id>? AND workflow_id<?)", false)]
    [InlineData("StartTime < '2020-01-01T00:00:00Z'", "runs_by_start (namespace_id=? AND start_time<?)", false)]
    [InlineData("RootWorkflowId = 'w'", "runs_by_root (namespace_id=? AND root_workflow_id=?)", false)]
    [InlineData("Customer = 'c' OR WorkflowId = 'w'", "search_attributes_by_value (attribute=? AND value=?)", false)]
    public void List_WhenFiltered_WalksAnIndex(string query, string index, bool inOrder)
    {
        var plan = Plan(query, after: null);

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.Equal(inOrder, !plan.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));
    }

    [Fact]
    public void List_WhenOnALaterPage_EntersTheIndexAtItsPosition()
    {
        var plan = Plan("", new ListPosition(5, 5, 5));

        Assert.Contains(
            "runs_by_close (namespace_id=? AND (close_time,start_time)<(?,?))", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void List_WhenOnALaterPageOfAValue_EntersTheIndexAtItsPosition()
    {
        var plan = Plan("Customer = 'c'", new ListPosition(5, 5, 5));

        Assert.Contains(
            "search_attributes_by_value (attribute=? AND value=? AND (close_time,start_time)<(?,?))",
            plan,
            StringComparison.Ordinal);
    }

    [Fact]
    public void List_WhenManyAreInTheRange_WalksTheListInstead()
    {
        using var file = new VisibilityFile();
        for (var index = 0; index <= SearchPlanner.FewEntries; index++)
        {
            file.Add($"w{index}", index, attributes: [("Amount", index)]);
        }

        Assert.IsType<SearchPlan.Walk>(PlanOf(file, "Amount >= 0"));
        Assert.IsType<SearchPlan.ByValue>(PlanOf(file, "Amount > 0"));
        Assert.IsType<SearchPlan.Walk>(PlanOf(file, "Amount > 0 AND WorkflowType = 'Order'"));
        Assert.IsType<SearchPlan.ByValue>(PlanOf(file, "Amount > 18000 AND WorkflowType = 'Order'"));
        Assert.IsType<SearchPlan.Gather>(PlanOf(file, "WorkflowId STARTS_WITH 'w123'"));
        Assert.IsType<SearchPlan.Walk>(PlanOf(file, "WorkflowId STARTS_WITH 'w'"));
        Assert.Equal(SearchPlanner.FewEntries, file.Count("Amount > 0").Total);
    }

    [Theory]
    [InlineData("GROUP BY ExecutionStatus", "run_counts")]
    [InlineData("WorkflowType = 't' AND NOT ExecutionStatus = 'Running'", "run_counts")]
    [InlineData("Flag = true AND ExecutionStatus = 'Running'", "value_counts")]
    public void Count_WhenItIsKept_ReadsNoRun(string query, string table)
    {
        using var file = new VisibilityFile();
        for (var index = 0; index < ValueCounts.Common + 1_024; index++)
        {
            file.Add($"w{index}", index, attributes: [("Flag", true)]);
        }

        file.Writer.Flush();
        var select = KeptCounts.Find(file.Database, file.Scope, Bind(query))!.Total();

        Assert.Contains($" FROM {table} AS ", select.ToString(), StringComparison.Ordinal);
        Assert.Contains(" USING PRIMARY KEY (", file.Explain(select), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Customer = 'c'")]
    [InlineData("Customer IN ('c', 'd') AND CloseTime > '2020-01-01T00:00:00Z' AND Tags = 'x'")]
    [InlineData("Amount > 3 AND ExecutionStatus != 'Failed'")]
    public void Count_WhenTheIndexDecides_ReadsNoRun(string query)
    {
        using var file = new VisibilityFile();
        var where = Bind(query);

        var plan = file.Explain(
            VisibilitySelect.Count(file.Scope, where, new SearchPlanner(file.Database, file.Scope, where).ForCount()));

        Assert.Contains("COVERING INDEX search_attributes_by_value", plan, StringComparison.Ordinal);
        Assert.DoesNotContain(" runs", plan, StringComparison.Ordinal);
    }

    private static string Plan(string query, ListPosition? after)
    {
        using var file = new VisibilityFile();
        return file.Explain(VisibilitySelect.Page(file.Scope, Bind(query), after, 10, PlanOf(file, query)));
    }

    private static SearchPlan PlanOf(VisibilityFile file, string query) =>
        new SearchPlanner(file.Database, file.Scope, Bind(query)).ForList();

    private static Condition Bind(string query)
    {
        Assert.True(BoundQuery.From(query, Sample.Catalog).TryGet(out var bound, out _), query);
        return bound.Where;
    }
}
