using AugmentedOS.Engine.Visibility.Queries;
using Grpc.Core;

namespace AugmentedOS.Engine.Tests.Visibility;

public sealed class QueryRefusalTests
{
    private const string Malformed = "invalid query: malformed SQL query: ";
    private const string NotSupported = "invalid query: operation is not supported: ";
    private const string Invalid = "invalid query: invalid expression: ";

    [Theory]
    [InlineData("WorkflowId", Invalid + "incomplete expression")]
    [InlineData("Customer = 'a' AND Amount", Invalid + "incomplete expression")]
    [InlineData("Unknown = 1", Invalid + "column name 'Unknown' is not a valid search attribute")]
    [InlineData("customer = 'a'", Invalid + "column name 'customer' is not a valid search attribute")]
    [InlineData("`Un known` = 1", Invalid + "column name 'Un known' is not a valid search attribute")]
    [InlineData("NOT (Unknown IS NULL)", Invalid + "column name 'Unknown' is not a valid search attribute")]
    [InlineData("WorkflowId = abc", NotSupported +
        "column name on the right side of comparison expression (did you forget to quote 'abc'?)")]
    [InlineData("WorkflowId IN ('a', b)", NotSupported +
        "column name on the right side of comparison expression (did you forget to quote 'b'?)")]
    [InlineData("Amount = WorkflowId", NotSupported +
        "column name on the right side of comparison expression (did you forget to quote 'WorkflowId'?)")]
    [InlineData("WorkflowId = 'a' ORDER BY StartTime", NotSupported + "'ORDER BY' clause")]
    [InlineData("ORDER BY StartTime DESC", NotSupported + "'ORDER BY' clause")]
    [InlineData("WorkflowId = 'a' LIMIT 5", NotSupported + "'LIMIT' clause")]
    [InlineData("GROUP BY ExecutionStatus", NotSupported + "'GROUP BY' clause")]
    [InlineData("GROUP BY WorkflowType", NotSupported +
        "'GROUP BY' clause is not supported for search attribute WorkflowType")]
    [InlineData("GROUP BY ExecutionStatus, WorkflowType", NotSupported +
        "'GROUP BY' clause supports only a single field")]
    [InlineData("GROUP BY TaskQueue", NotSupported +
        "'GROUP BY' clause is not supported for search attribute TaskQueue")]
    [InlineData("GROUP BY Customer", NotSupported +
        "'GROUP BY' clause is not supported for search attribute Customer")]
    [InlineData("GROUP BY TemporalLowCardinalityKeyword01", Invalid +
        "column name 'TemporalLowCardinalityKeyword01' is not a valid search attribute")]
    [InlineData("GROUP BY Unknown", Invalid + "column name 'Unknown' is not a valid search attribute")]
    [InlineData("GROUP BY 'ExecutionStatus'", Invalid + "must be a column name but was *sqlparser.SQLVal")]
    [InlineData("WorkflowId LIKE 'a%'", NotSupported +
        "operator 'LIKE' not supported for Keyword type search attribute 'WorkflowId'")]
    [InlineData("Amount STARTS_WITH 1", NotSupported +
        "operator 'STARTS_WITH' not supported for Int type search attribute 'Amount'")]
    [InlineData("Tags STARTS_WITH 'a'", NotSupported +
        "operator 'STARTS_WITH' not supported for KeywordList type search attribute 'Tags'")]
    [InlineData("Tags < 'a'", NotSupported +
        "operator '<' not supported for KeywordList type search attribute 'Tags'")]
    [InlineData("Note IN ('a')", NotSupported + "operator 'IN' not supported for Text type search attribute 'Note'")]
    [InlineData("Note NOT IN ('a')", NotSupported +
        "operator 'NOT IN' not supported for Text type search attribute 'Note'")]
    [InlineData("Note >= 'a'", NotSupported + "operator '>=' not supported for Text type search attribute 'Note'")]
    [InlineData("Note BETWEEN 'a' AND 'b'", Invalid +
        "cannot do range condition on search attribute 'Note' of type Text")]
    [InlineData("Tags NOT BETWEEN 'a' AND 'b'", Invalid +
        "cannot do range condition on search attribute 'Tags' of type KeywordList")]
    [InlineData("Flag BETWEEN true AND false", Invalid +
        "cannot do range condition on search attribute 'Flag' of type Bool")]
    [InlineData("StartTime > 'yesterday'", Invalid + "unable to parse datetime 'yesterday'")]
    [InlineData("StartTime > '2026-01-01'", Invalid + "unable to parse datetime '2026-01-01'")]
    [InlineData("StartTime > '2026-02-30T00:00:00Z'", Invalid + "unable to parse datetime '2026-02-30T00:00:00Z'")]
    [InlineData("ExecutionStatus = 'running'", Invalid + "invalid ExecutionStatus value 'running'")]
    [InlineData("ExecutionStatus = 99", Invalid + "invalid ExecutionStatus value 99")]
    [InlineData("ExecutionStatus = 4294967297", Invalid + "invalid ExecutionStatus value 4294967297")]
    [InlineData("ExecutionStatus = true", Invalid +
        "unexpected value type bool for search attribute ExecutionStatus")]
    [InlineData("ExecutionDuration > 'long'", Invalid +
        "invalid duration value for search attribute ExecutionDuration: long")]
    [InlineData("ExecutionDuration > 1.5", Invalid +
        "unexpected value type float64 for search attribute ExecutionDuration")]
    [InlineData("Amount = 'many'", Invalid +
        "invalid value type for search attribute Amount of type Int: \"many\" (type: string)")]
    [InlineData("Flag = 1", Invalid + "invalid value type for search attribute Flag of type Bool: 1 (type: int64)")]
    [InlineData("Customer = 1.5", Invalid +
        "invalid value type for search attribute Customer of type Keyword: 1.5 (type: float64)")]
    [InlineData("Customer = true", Invalid +
        "invalid value type for search attribute Customer of type Keyword: true (type: bool)")]
    [InlineData("Note = ' -- '", Invalid + "no tokens found filtering on Text type search attribute Note")]
    [InlineData("Flag IS TRUE", Invalid + "'IS' operator can only be used as 'IS NULL' or 'IS NOT NULL'")]
    [InlineData("Flag IS NOT FALSE", Invalid + "'IS' operator can only be used as 'IS NULL' or 'IS NOT NULL'")]
    [InlineData("1 = 1", Invalid + "must be a column name but was *sqlparser.SQLVal")]
    [InlineData("lower(WorkflowId) = 'a'", Invalid + "must be a column name but was *sqlparser.FuncExpr")]
    [InlineData("sleep(5)", NotSupported + "function expression")]
    [InlineData("WorkflowId = lower('A')", NotSupported + "nested func")]
    [InlineData("'a'", NotSupported + "expression of type *sqlparser.SQLVal")]
    [InlineData("WorkflowId = NULL", Invalid + "unexpected value type *sqlparser.NullVal")]
    [InlineData("WorkflowId = ('a')", Invalid + "unexpected value type *sqlparser.ParenExpr")]
    [InlineData("WorkflowId = ('a','b')", Invalid + "unexpected value type *sqlparser.ValTuple")]
    [InlineData("WorkflowId =", Malformed + "syntax error at position 12")]
    [InlineData("WorkflowId = 'a", Malformed + "syntax error at position 15 near 'a'")]
    [InlineData("WorkflowId == 'a'", Malformed + "syntax error at position 13 near '='")]
    [InlineData("WorkflowId = 'a' WorkflowType = 'b'", Malformed + "syntax error at position 29 near 'WorkflowType'")]
    [InlineData("WorkflowId IN ()", Malformed + "syntax error at position 16 near ')'")]
    [InlineData("WorkflowId IN 'a'", Malformed + "syntax error at position 17 near 'a'")]
    [InlineData("WorkflowId NOT 'a'", Malformed + "syntax error at position 18 near 'a'")]
    [InlineData("WorkflowId IS 'a'", Malformed + "syntax error at position 17 near 'a'")]
    [InlineData("StartTime BETWEEN 1 OR 2", Malformed + "syntax error at position 22 near 'OR'")]
    [InlineData("(WorkflowId = 'a'", Malformed + "syntax error at position 17")]
    [InlineData("WorkflowId = 'a')", Malformed + "syntax error at position 17 near ')'")]
    [InlineData("()", Malformed + "syntax error at position 2 near ')'")]
    [InlineData("WorkflowId = 'a'; DROP TABLE runs", Malformed + "syntax error at position 17 near ';'")]
    [InlineData("Amount = 12abc", Malformed + "syntax error at position 11 near '12'")]
    [InlineData("Amount = -'1'", Malformed + "syntax error at position 13 near '1'")]
    [InlineData("AND", Malformed + "syntax error at position 3 near 'AND'")]
    [InlineData("``", Malformed + "syntax error at position 2 near ''")]
    [InlineData("Amount = \U0001F600", Malformed + "syntax error at position 11 near '\U0001F600'")]
    [InlineData("GROUP ExecutionStatus", Malformed + "syntax error at position 21 near 'ExecutionStatus'")]
    public void Query_WhenWrong_IsRefusedWithTheServersText(string query, string text)
    {
        using var file = new VisibilityFile();

        Assert.Equal(text, file.Refusal(query));
    }

    [Theory]
    [InlineData('(')]
    [InlineData('!')]
    public void Query_WhenNestedTenThousandDeep_IsRefused(char opening)
    {
        using var file = new VisibilityFile();

        Assert.StartsWith(
            Malformed + "max nesting level reached at position", file.Refusal(new string(opening, 10_000)));
    }

    [Fact]
    public void Query_WhenValuesNestTenThousandDeep_IsRefused()
    {
        using var file = new VisibilityFile();
        var deep = "Amount = " + new string('(', 10_000);

        Assert.StartsWith(Malformed + "max nesting level reached at position", file.Refusal(deep));
        Assert.StartsWith(Malformed, file.Refusal("f" + new string('(', 10_000)));
    }

    [Fact]
    public void Query_WhenTooLong_IsRefused()
    {
        using var file = new VisibilityFile();

        Assert.Equal(
            Malformed + "query of 65537 characters exceeds the limit of 65536",
            file.Refusal(new string('x', QueryParser.MaxLength + 1)));
        Assert.Equal(
            Malformed + "more than 2000 conditions",
            file.Refusal(string.Join(" OR ", Enumerable.Repeat("Amount=1", 2_001))));
    }

    [Fact]
    public void Refusal_WhenOfAQuery_IsInvalidArgument()
    {
        Assert.False(QueryParser.Parse("=").TryGet(out _, out var rejection));
        Assert.Equal(StatusCode.InvalidArgument, rejection.Code);
        Assert.Null(rejection.Detail);
    }
}
