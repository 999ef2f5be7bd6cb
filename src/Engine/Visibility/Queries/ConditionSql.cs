namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>Writes a condition as SQL over <c>runs</c> and <c>search_attributes</c>.</summary>
/// <remarks>
/// A condition on an attribute that is rows asks whether the run has such a row. A run without a value then has none,
/// which is what SQL's NULL gives for a column; IS NULL asks for it.
/// </remarks>
internal sealed class ConditionSql
{
    private readonly SqlWriter _sql;
    private readonly byte[] _namespaceId;
    private readonly Condition? _known;

    private ConditionSql(SqlWriter sql, byte[] namespaceId, Condition? known)
    {
        _sql = sql;
        _namespaceId = namespaceId;
        _known = known;
    }

    private string RunNumber => _known is null ? "runs.run_number" : "found.run_number";

    /// <param name="namespaceId">As the tables store it.</param>
    public static void Write(SqlWriter sql, Condition condition, byte[] namespaceId) =>
        new ConditionSql(sql, namespaceId, known: null).Write(condition);

    /// <summary>The same over <c>found</c>, a row of the index of values, and <c>runs</c> for what that does not have.</summary>
    /// <param name="known">The part of the condition that is known to hold: by it the row was found.</param>
    public static void WriteBehind(SqlWriter sql, Condition condition, byte[] namespaceId, Condition known) =>
        new ConditionSql(sql, namespaceId, known).Write(condition);

    /// <summary>The numbers of the runs for which a leaf holds, some of them twice.</summary>
    public static void WriteNumbers(SqlWriter sql, Condition leaf, byte[] namespaceId)
    {
        var attribute = AttributeOf(leaf);
        var writer = new ConditionSql(sql, namespaceId, known: null);
        if (SqlColumn.Of(attribute) is not { } column)
        {
            sql.Add("SELECT own.run_number FROM search_attributes AS own WHERE ");
            writer.WriteOwn(leaf, attribute, "own");
            return;
        }

        if (attribute.Name != BuiltInSearchAttributes.RootWorkflowId)
        {
            writer.WriteNumbersBy(leaf, column, SqlColumn.IndexOf(attribute));
            return;
        }

        // A run that is its own root has none in its column.
        writer.WriteNumbersBy(leaf, SqlColumn.OtherRoot, "runs_by_root");
        sql.Add(" UNION ALL ");
        writer.WriteNumbersBy(leaf, SqlColumn.Of(BuiltInSearchAttributes.WorkflowId), "runs_by_workflow");
    }

    /// <summary>That a row of the index of values is of an attribute, and of a value for which the leaf holds.</summary>
    public static void WriteFound(SqlWriter sql, Condition leaf, byte[] namespaceId, string row) =>
        new ConditionSql(sql, namespaceId, known: null).WriteOwn(leaf, AttributeOf(leaf), row);

    private void Write(Condition condition)
    {
        if (ReferenceEquals(condition, _known))
        {
            _sql.Add("1");
            return;
        }

        switch (condition)
        {
            case Condition.All all:
                WriteTree(all.Terms.AsSpan(), " AND ", whenEmpty: "1");
                break;
            case Condition.Any any:
                WriteTree(any.Terms.AsSpan(), " OR ", whenEmpty: "0");
                break;
            case Condition.IsNull isNull:
                WriteIsNull(isNull);
                break;
            case Condition.OneOf { Attribute.IsMultiValued: true, Negated: true } oneOf:
                WriteNoElementOf(oneOf);
                break;
            default:
                WriteLeaf(condition);
                break;
        }
    }

    // Balanced, not in a row: SQLite counts the depth of the tree, and a thousand terms in a row are a thousand deep.
    private void WriteTree(ReadOnlySpan<Condition> terms, string @operator, string whenEmpty)
    {
        if (terms.Length <= 1)
        {
            _sql.Add(terms.IsEmpty ? whenEmpty : "");
            if (!terms.IsEmpty)
            {
                Write(terms[0]);
            }

            return;
        }

        var middle = terms.Length / 2;
        _sql.Add("(");
        WriteTree(terms[..middle], @operator, whenEmpty);
        _sql.Add(@operator);
        WriteTree(terms[middle..], @operator, whenEmpty);
        _sql.Add(")");
    }

    private void WriteLeaf(Condition leaf)
    {
        var attribute = AttributeOf(leaf);
        if (ColumnOf(attribute) is { } column)
        {
            WriteTest(leaf, column);
            return;
        }

        WriteExists("EXISTS", leaf, attribute);
    }

    /// <summary>Has the attribute, and none of its elements is one of these.</summary>
    private void WriteNoElementOf(Condition.OneOf oneOf)
    {
        _sql.Add("(");
        WriteExists("EXISTS", leaf: null, oneOf.Attribute);
        _sql.Add(" AND ");
        WriteExists("NOT EXISTS", oneOf with { Negated = false }, oneOf.Attribute);
        _sql.Add(")");
    }

    private void WriteIsNull(Condition.IsNull isNull)
    {
        if (isNull.Attribute.Name == BuiltInSearchAttributes.CloseTime)
        {
            _sql.Add(ColumnOf(isNull.Attribute)!.Expression).Add(isNull.Negated ? " <> " : " = ")
                .AddValue(VisibilitySchema.OpenCloseTime);
        }
        else if (_known is not null && isNull.Attribute.Name == BuiltInSearchAttributes.NamespaceDivision)
        {
            _sql.Add(isNull.Negated ? "found.flags & 2 <> 0" : "found.flags & 2 = 0");
        }
        else if (SqlColumn.Of(isNull.Attribute) is { } column)
        {
            _sql.Add(column.Expression).Add(isNull.Negated ? " IS NOT NULL" : " IS NULL");
        }
        else
        {
            WriteExists(isNull.Negated ? "EXISTS" : "NOT EXISTS", leaf: null, isNull.Attribute);
        }
    }

    private SqlColumn? ColumnOf(SearchAttribute attribute) =>
        (_known is null ? null : SqlColumn.InIndex(attribute)) ?? SqlColumn.Of(attribute);

    private void WriteExists(string exists, Condition? leaf, SearchAttribute attribute)
    {
        _sql.Add(exists).Add("(SELECT 1 FROM search_attributes AS own WHERE own.run_number = ").Add(RunNumber)
            .Add(" AND ");
        WriteOwn(leaf, attribute, "own");
        _sql.Add(")");
    }

    private void WriteOwn(Condition? leaf, SearchAttribute attribute, string row)
    {
        _sql.Add(row).Add(".attribute = (SELECT id FROM search_attribute_names WHERE namespace_id = ")
            .AddBlob(_namespaceId).Add(" AND name = ").AddName(attribute.Name).Add(")");
        if (leaf is not null)
        {
            _sql.Add(" AND ");
            WriteTest(leaf, new SqlColumn($"{row}.value", $"{row}.value"));
        }
    }

    private void WriteNumbersBy(Condition leaf, SqlColumn column, string index)
    {
        _sql.Add("SELECT runs.run_number FROM runs INDEXED BY ").Add(index).Add(" WHERE runs.namespace_id = ")
            .AddBlob(_namespaceId).Add(" AND ");
        WriteTest(leaf, column);
    }

    private void WriteTest(Condition leaf, SqlColumn column)
    {
        switch (leaf)
        {
            case Condition.Compare { Operator: Comparator.Equal or Comparator.NotEqual } compare:
                _sql.Add(column.Expression).Add(compare.Operator.ToSql()).AddValue(column.ToStored(compare.Value));
                break;
            case Condition.Compare compare:
                _sql.Add(column.Text).Add(compare.Operator.ToSql()).AddValue(compare.Value);
                break;
            case Condition.OneOf oneOf:
                _sql.Add(column.Expression).Add(oneOf.Negated ? " NOT IN " : " IN ")
                    .AddValues(oneOf.Values.Select(column.ToStored));
                break;
            case Condition.Between between:
                _sql.Add(column.Text).Add(between.Negated ? " NOT BETWEEN " : " BETWEEN ")
                    .AddValue(between.From).Add(" AND ").AddValue(between.To);
                break;
            case Condition.StartsWith startsWith:
                WritePrefix(startsWith, column);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(leaf));
        }
    }

    // A range, because LIKE ignores case and cannot use the index.
    private void WritePrefix(Condition.StartsWith startsWith, SqlColumn column)
    {
        if (startsWith.Prefix is not string prefix)
        {
            _sql.Add(column.Expression).Add(startsWith.Negated ? " <> " : " = ").AddValue(startsWith.Prefix);
            return;
        }

        var after = PrefixRange.After(prefix);
        if (after is null)
        {
            _sql.Add(column.Text).Add(startsWith.Negated ? " < " : " >= ").AddValue(prefix);
            return;
        }

        _sql.Add("(").Add(column.Text).Add(startsWith.Negated ? " < " : " >= ").AddValue(prefix)
            .Add(startsWith.Negated ? " OR " : " AND ")
            .Add(column.Text).Add(startsWith.Negated ? " >= " : " < ").AddValue(after).Add(")");
    }

    public static SearchAttribute AttributeOf(Condition leaf) => leaf switch
    {
        Condition.IsNull isNull => isNull.Attribute,
        Condition.Compare compare => compare.Attribute,
        Condition.OneOf oneOf => oneOf.Attribute,
        Condition.Between between => between.Attribute,
        Condition.StartsWith startsWith => startsWith.Attribute,
        _ => throw new ArgumentOutOfRangeException(nameof(leaf)),
    };
}
