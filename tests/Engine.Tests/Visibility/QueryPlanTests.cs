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
    [InlineData("Customer = 'c'", "search_attributes_by_value (namespace_id=? AND name=? AND value=?)", false)]
    [InlineData("Amount BETWEEN 1 AND 2",
        "search_attributes_by_value (namespace_id=? AND name=? AND value>? AND value<?)", true)]
    public void List_WhenFiltered_WalksAnIndex(string query, string index, bool inOrder)
    {
        var plan = Plan(query, after: null);

        Assert.Contains(index, plan, StringComparison.Ordinal);
        Assert.Equal(inOrder, !plan.Contains("TEMP B-TREE FOR ORDER BY", StringComparison.Ordinal));
    }

    [Fact]
    public void List_WhenOnALaterPage_EntersTheIndexAtItsPosition()
    {
        var plan = Plan("", new ListPosition(5, 5, new RunId(Guid.Empty)));

        Assert.Contains(
            "runs_by_close (namespace_id=? AND (close_time,start_time)<(?,?))", plan, StringComparison.Ordinal);
    }

    [Fact]
    public void List_WhenManyHaveTheValue_WalksTheListInstead()
    {
        using var file = new VisibilityFile();
        for (var index = 0; index < 1_001; index++)
        {
            file.Add($"w{index}", index, attributes: [("Flag", true), ("Amount", index)]);
        }

        Assert.True(BoundQuery.From("Flag = true", Sample.Catalog).TryGet(out var many, out _));
        Assert.True(BoundQuery.From("Amount = 7", Sample.Catalog).TryGet(out var few, out _));
        Assert.Equal(SearchPlan.Walk, SearchPlans.Choose(file.Database, file.Scope, many.Where));
        Assert.Equal(SearchPlan.ByAttribute, SearchPlans.Choose(file.Database, file.Scope, few.Where));
        Assert.Equal(1_001, file.Count("Flag = true").Total);
        Assert.Equal(["w7"], file.Ids("Amount = 7"));
    }

    [Fact]
    public void Count_WhenByStatus_StaysInTheIndex()
    {
        using var file = new VisibilityFile();
        Assert.True(BoundQuery.From("GROUP BY ExecutionStatus", Sample.Catalog).TryGet(out var bound, out _));

        var plan = file.Explain(VisibilitySelect.CountByStatus(file.Scope, bound.Where, SearchPlan.Walk));

        Assert.Contains("COVERING INDEX runs_by_close", plan, StringComparison.Ordinal);
    }

    private static string Plan(string query, ListPosition? after)
    {
        using var file = new VisibilityFile();
        Assert.True(BoundQuery.From(query, Sample.Catalog).TryGet(out var bound, out _), query);
        var plan = SearchPlans.Choose(file.Database, file.Scope, bound.Where);
        return file.Explain(VisibilitySelect.Page(file.Scope, bound.Where, after, 10, plan));
    }
}
