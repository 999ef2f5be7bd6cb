using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Tests.Visibility;

/// <summary>Counts that are kept follow their runs: each of these compares them with what counting the rows gives.</summary>
public sealed class CountingTests : IDisposable
{
    private readonly VisibilityFile _file = new();

    public void Dispose() => _file.Dispose();

    [Fact]
    public void TypeAndStatus_WhenRunsComeCloseAndGo_AreWhatTheRowsSay()
    {
        _file.Add("a");
        _file.Add("b", closedAt: 1);
        _file.Add("c", closedAt: 1, status: WorkflowExecutionStatus.Failed, type: "Refund");
        _file.Add("hidden", attributes: [("TemporalNamespaceDivision", "d")]);
        _file.Writer.Flush();
        _file.Writer.Delete(2);
        _file.Writer.Delete(4);

        AssertKept("", 2);
        AssertKept("ExecutionStatus = 'Completed'", 0);
        AssertKept("WorkflowType = 'Refund' AND ExecutionStatus IN ('Failed', 'TimedOut')", 1);
        AssertKept("WorkflowType STARTS_WITH 'Or'", 1);
    }

    [Fact]
    public void TypeAndStatus_WhenARunMovesIntoADivision_LoseIt()
    {
        var running = VisibilityWriterTests.Started();
        _file.Writer.Write(1, null, running);
        _file.Writer.Flush();
        AssertKept("ExecutionStatus = 'Running'", 1);

        _file.Writer.Write(1, running, running with
        {
            SearchAttributes = Sample.Attributes(
                Sample.Catalog, ("TemporalNamespaceDivision", "d"), ("Customer", "alice")),
        });

        AssertKept("ExecutionStatus = 'Running'", 0);
        Assert.Equal(0, _file.Count("Customer = 'alice'").Total);
        Assert.Empty(_file.Ids("Customer = 'alice'"));
        Assert.Equal(["w"], _file.Ids("Customer = 'alice' AND TemporalNamespaceDivision = 'd'"));
    }

    [Fact]
    public void Value_WhenItBecomesCommon_IsCountedFromThenOn()
    {
        for (var index = 0; index < ValueCounts.Common + 1_023; index++)
        {
            _file.Add($"w{index}", closedAt: index % 2 == 0 ? 5 : null, attributes: [("Customer", "c"), ("Amount", index)]);
        }

        _file.Writer.Flush();
        Assert.Equal(2, Counts());

        // A run that closes, one that comes, one that goes and one that gets another value.
        _file.Add("new", closedAt: 6, status: WorkflowExecutionStatus.Failed, attributes: [("Customer", "c")]);
        _file.Writer.Delete(1);
        var (before, after) = Change(("Customer", "c"), ("Customer", "other"));
        _file.Writer.Write(20_000, null, before);
        _file.Writer.Write(20_000, before, after);
        _file.Writer.Flush();

        Assert.Equal(3, Counts());
        AssertKept("Customer = 'c'", ValueCounts.Common + 1_023);
        AssertKept("Customer = 'c' AND ExecutionStatus = 'Failed'", 1);
        AssertKept("Customer = 'c' AND (ExecutionStatus = 'Failed' OR ExecutionStatus = 'Running')", 5_512);
        Assert.Equal(1, _file.Count("Customer = 'other'").Total);

        _file.Writer.Forget(Sample.Namespace, "Customer");
        _file.Writer.Flush();
        Assert.Equal(0, Counts());
    }

    [Fact]
    public void Changes_WhenTheTransactionRollsBack_AreNotWritten()
    {
        _file.Database.Execute("BEGIN");
        _file.Add("a", attributes: [("Customer", "c")]);
        _file.Database.Execute("ROLLBACK");
        _file.Writer.ForgetChanges();
        _file.Add("b", attributes: [("Customer", "c")]);

        AssertKept("", 1);
        Assert.Equal(["b"], _file.Ids("Customer = 'c'"));
    }

    [Fact]
    public void List_WhenARunHasSeveralValuesInARange_ShowsItOnce()
    {
        _file.Add("both", attributes: [("Tags", new[] { "x", "y" })]);
        _file.Add("one", attributes: [("Tags", new[] { "y" })]);

        Assert.Equal(["both", "one"], _file.Ids("Tags IN ('x', 'y')"));
        Assert.Equal(2, _file.Count("Tags IN ('x', 'y')").Total);
        Assert.Equal(2, _file.Count("Tags IN ('x', 'y') AND WorkflowType = 'Order'").Total);
    }

    private static (RunState Before, RunState After) Change((string, object?) from, (string, object?) to)
    {
        var before = VisibilityWriterTests.Started() with { SearchAttributes = Sample.Attributes(Sample.Catalog, from) };
        return (before, before with { SearchAttributes = Sample.Attributes(Sample.Catalog, to) });
    }

    private long Counts() => _file.Database.Number("SELECT count(*) FROM value_counts");

    private void AssertKept(string query, long expected)
    {
        Assert.Equal(expected, _file.Count(query).Total);
        Assert.Equal(expected, _file.Count($"{query} GROUP BY ExecutionStatus").Total);
        Assert.Equal(Math.Min(expected, VisibilityReader.MaxPageSize), _file.Ids(query).Length);
    }
}
