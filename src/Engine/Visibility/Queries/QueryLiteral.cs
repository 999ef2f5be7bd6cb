using System.Globalization;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>
/// Reads the right side of a comparison as a value of the attribute's type, in the form the index stores.
/// </summary>
internal static class QueryLiteral
{
    /// <summary>Null and the value, or the reason why it is none.</summary>
    public static Rejection? Read(QueryOperand operand, AttributeReference field, out object? value)
    {
        value = null;
        return operand switch
        {
            QueryOperand.Literal literal => ReadLiteral(literal.Value, field, out value),
            QueryOperand.Name name => QueryError.NotSupported(
                "column name on the right side of comparison expression " +
                $"(did you forget to quote '{name.Value}'?)"),
            QueryOperand.Call => QueryError.NotSupported("nested func"),
            _ => QueryError.InvalidExpression($"unexpected value type {NodeName(operand)}"),
        };
    }

    /// <summary>What a Temporal server calls this node: its texts show Go's type names.</summary>
    public static string NodeName(QueryOperand operand) => "*sqlparser." + operand switch
    {
        QueryOperand.Name => "ColName",
        QueryOperand.Literal { Value: bool } => "BoolVal",
        QueryOperand.Literal => "SQLVal",
        QueryOperand.Null => "NullVal",
        QueryOperand.Call => "FuncExpr",
        QueryOperand.Parenthesized => "ParenExpr",
        QueryOperand.List => "ValTuple",
        _ => throw new ArgumentOutOfRangeException(nameof(operand)),
    };

    private static Rejection? ReadLiteral(object literal, AttributeReference field, out object? value) =>
        field.Attribute.Name switch
        {
            BuiltInSearchAttributes.ExecutionStatus => ReadStatus(literal, out value),
            BuiltInSearchAttributes.ExecutionDuration => ReadDuration(literal, out value),
            _ => ReadTyped(literal, field, out value),
        };

    private static Rejection? ReadTyped(object literal, AttributeReference field, out object? value)
    {
        value = (field.Attribute.Type, literal) switch
        {
            (IndexedValueType.Keyword or IndexedValueType.KeywordList, string text) => field.ValuePrefix + text,
            (IndexedValueType.Int or IndexedValueType.Double, long or double) => literal,
            (IndexedValueType.Int or IndexedValueType.Double, string text) => ReadQuotedNumber(text),
            (IndexedValueType.Bool, bool flag) => flag ? 1L : 0L,
            (IndexedValueType.Datetime, long nanos) => FloorToTicks(nanos),
            (IndexedValueType.Datetime, string text) => DatetimeText.TryParse(text, out var at) ? at.Ticks : null,
            (IndexedValueType.Text, string text) => TextTokens.Of(text).Count > 0 ? text : null,
            _ => null,
        };
        return value is null ? WrongValue(literal, field) : null;
    }

    private static Rejection WrongValue(object literal, AttributeReference field) =>
        (field.Attribute.Type, literal) switch
        {
            (IndexedValueType.Datetime, string text) =>
                QueryError.InvalidExpression($"unable to parse datetime '{text}'"),
            (IndexedValueType.Text, string) => QueryError.InvalidExpression(
                $"no tokens found filtering on Text type search attribute {field.Written}"),
            _ => QueryError.InvalidExpression(
                $"invalid value type for search attribute {field.Written} of type {field.Attribute.Type}: " +
                $"{Show(literal)} (type: {GoType(literal)})"),
        };

    private static Rejection? ReadStatus(object literal, out object? value)
    {
        value = literal switch
        {
            long number and >= 0 and <= int.MaxValue when Enum.IsDefined((WorkflowExecutionStatus)number) => number,
            string text when StatusNames.TryParse(text, out var status) => (long)status,
            _ => null,
        };
        if (value is not null)
        {
            return null;
        }

        return literal switch
        {
            long number => QueryError.InvalidExpression($"invalid ExecutionStatus value {number}"),
            string text => QueryError.InvalidExpression($"invalid ExecutionStatus value '{text}'"),
            _ => UnexpectedType(literal, BuiltInSearchAttributes.ExecutionStatus),
        };
    }

    private static Rejection? ReadDuration(object literal, out object? value)
    {
        value = literal switch
        {
            long nanos => nanos,
            string text => DurationText.TryParse(text, out var nanos) ? nanos : null,
            _ => null,
        };
        return (value, literal) switch
        {
            (not null, _) => null,
            (_, string text) => QueryError.InvalidExpression(
                $"invalid duration value for search attribute {BuiltInSearchAttributes.ExecutionDuration}: {text}"),
            _ => UnexpectedType(literal, BuiltInSearchAttributes.ExecutionDuration),
        };
    }

    private static Rejection UnexpectedType(object literal, string name) =>
        QueryError.InvalidExpression($"unexpected value type {GoType(literal)} for search attribute {name}");

    private static object? ReadQuotedNumber(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer))
        {
            return integer;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) &&
            double.IsFinite(number) ? number : null;
    }

    private static long FloorToTicks(long nanos) =>
        (nanos / TimeSpan.NanosecondsPerTick) - (nanos % TimeSpan.NanosecondsPerTick < 0 ? 1 : 0);

    private static string Show(object literal) => literal switch
    {
        string text => $"\"{text}\"",
        bool flag => flag ? "true" : "false",
        double number => RejectedValueText.Of(number),
        _ => Convert.ToString(literal, CultureInfo.InvariantCulture)!,
    };

    private static string GoType(object literal) => literal switch
    {
        string => "string",
        bool => "bool",
        double => "float64",
        _ => "int64",
    };
}
