namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>A query that is right: every name is an attribute, every value is of its type.</summary>
/// <param name="Where">The filter, with internal workflows excluded unless the query speaks of them.</param>
/// <param name="GroupBy">What a count is grouped by.</param>
internal sealed record BoundQuery(Condition Where, SearchAttribute? GroupBy)
{
    /// <summary>Parses and binds in one step.</summary>
    /// <param name="names">What names mean; null for those of runs.</param>
    public static Validated<BoundQuery> From(
        string query, SearchAttributeCatalog catalog, IQueryNames? names = null)
    {
        if (!QueryParser.Parse(query).TryGet(out var statement, out var rejection))
        {
            return rejection;
        }

        return QueryBinder.Bind(statement, catalog, names);
    }
}
