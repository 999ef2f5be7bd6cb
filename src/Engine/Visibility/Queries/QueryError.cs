namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>The texts in which queries are refused, word for word a Temporal server's.</summary>
internal static class QueryError
{
    public static Rejection Malformed(string what) => Of($"malformed SQL query: {what}");

    public static Rejection NotSupported(string what) => Of($"operation is not supported: {what}");

    public static Rejection InvalidExpression(string what) => Of($"invalid expression: {what}");

    private static Rejection Of(string what) => Rejection.InvalidArgument($"invalid query: {what}");
}
