namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>The parts of a filter that an index can look up: by them a query may begin.</summary>
internal static class Seekable
{
    /// <summary>Whether an index finds the runs for which the leaf holds, and only those.</summary>
    public static bool IsLeaf(Condition condition) => condition switch
    {
        Condition.Compare compare => compare.Operator switch
        {
            Comparator.NotEqual => false,
            Comparator.Equal => HasIndex(compare.Attribute),
            _ => HasOrder(compare.Attribute),
        },
        Condition.OneOf { Negated: false } oneOf => HasIndex(oneOf.Attribute),
        Condition.Between { Negated: false } between => HasOrder(between.Attribute),
        Condition.StartsWith { Negated: false } startsWith => HasOrder(startsWith.Attribute),
        _ => false,
    };

    /// <summary>Whether the leaf is about an attribute that is rows of its own.</summary>
    public static bool IsValue(Condition leaf) =>
        IsLeaf(leaf) && SqlColumn.Of(ConditionSql.AttributeOf(leaf)) is null;

    /// <summary>Whether it is one value of such an attribute: what the index has of it is in the order of lists.</summary>
    public static bool IsOneValue(Condition leaf) => IsValue(leaf) &&
        leaf is Condition.Compare { Operator: Comparator.Equal } or Condition.OneOf { Values.Length: 1 };

    /// <summary>The parts that hold for every match, each of which an index can look up.</summary>
    public static IEnumerable<Condition> Required(Condition where) => where switch
    {
        Condition.All all => all.Terms.SelectMany(Required),
        Condition.Any { Terms: [var only] } => Required(only),
        _ when IsLeaf(where) => [where],
        _ => [],
    };

    /// <summary>
    /// Whether a row of the index of values, found by <paramref name="known"/>, says enough to decide the rest: it
    /// knows of divisions only whether there is one, and has to be asked, because it has rows that are no runs.
    /// </summary>
    public static bool IsDecidedByIndex(Condition where, Condition known) =>
        RequiresNoDivision(where) && IsDecided(where, known);

    /// <summary>Whether counts of each type and status are enough to count the matches.</summary>
    public static bool IsDecidedByTypeAndStatus(Condition where, out Condition rest)
    {
        rest = where;
        switch (where)
        {
            case Condition.All { Terms: [Condition.IsNull first, .. var others] } when IsNoDivision(first):
                rest = new Condition.All(others);
                break;
            case Condition.IsNull only when IsNoDivision(only):
                rest = new Condition.All([]);
                break;
            default:
                return false;
        }

        return UsesOnly(
            rest, name => name is BuiltInSearchAttributes.WorkflowType or BuiltInSearchAttributes.ExecutionStatus);
    }

    /// <summary>Whether, besides the value, only the status matters.</summary>
    public static bool IsDecidedByValueAndStatus(Condition where, Condition known) => where switch
    {
        Condition.All { Terms: [Condition.IsNull first, .. var others] } when IsNoDivision(first) =>
            others.All(term => IsStatusOr(term, known)),
        _ => false,
    };

    private static bool IsStatusOr(Condition condition, Condition known) => condition switch
    {
        _ when ReferenceEquals(condition, known) => true,
        Condition.All all => all.Terms.All(term => IsStatusOr(term, known)),
        _ => UsesOnly(condition, name => name == BuiltInSearchAttributes.ExecutionStatus),
    };

    private static bool UsesOnly(Condition condition, Func<string, bool> isKnown) => condition switch
    {
        Condition.All all => all.Terms.All(term => UsesOnly(term, isKnown)),
        Condition.Any any => any.Terms.All(term => UsesOnly(term, isKnown)),
        _ => isKnown(ConditionSql.AttributeOf(condition).Name),
    };

    private static bool IsDecided(Condition condition, Condition known) => condition switch
    {
        _ when ReferenceEquals(condition, known) => true,
        Condition.All all => all.Terms.All(term => IsDecided(term, known)),
        Condition.Any any => any.Terms.All(term => IsDecided(term, known)),
        Condition.IsNull isNull when isNull.Attribute.Name == BuiltInSearchAttributes.NamespaceDivision => true,
        _ => ConditionSql.AttributeOf(condition) is var attribute &&
            (SqlColumn.Of(attribute) is null || SqlColumn.InIndex(attribute) is not null),
    };

    private static bool RequiresNoDivision(Condition where) => where switch
    {
        Condition.All all => all.Terms.Any(RequiresNoDivision),
        Condition.IsNull isNull => IsNoDivision(isNull),
        _ => false,
    };

    private static bool IsNoDivision(Condition.IsNull isNull) =>
        !isNull.Negated && isNull.Attribute.Name == BuiltInSearchAttributes.NamespaceDivision;

    private static bool HasIndex(SearchAttribute attribute) =>
        SqlColumn.Of(attribute) is null || SqlColumn.HasIndex(attribute);

    // Run ids are bytes in their index and text in an order.
    private static bool HasOrder(SearchAttribute attribute) =>
        HasIndex(attribute) && attribute.Name != BuiltInSearchAttributes.RunId;
}
