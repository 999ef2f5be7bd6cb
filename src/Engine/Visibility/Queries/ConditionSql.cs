namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>Writes a condition as SQL over <c>runs</c> and <c>search_attributes</c>.</summary>
/// <remarks>
/// A condition on an attribute that is rows becomes a membership test of the run in the set that an index yields. A
/// row without a value is then in no set, which is what SQL's NULL gives for a column; IS NULL asks for it.
/// </remarks>
internal sealed class ConditionSql
{
    private readonly SqlWriter _sql;
    private readonly byte[] _namespaceId;

    private ConditionSql(SqlWriter sql, byte[] namespaceId)
    {
        _sql = sql;
        _namespaceId = namespaceId;
    }

    /// <param name="namespaceId">As the tables store it.</param>
    public static void Write(SqlWriter sql, Condition condition, byte[] namespaceId) =>
        new ConditionSql(sql, namespaceId).Write(condition);

    private void Write(Condition condition)
    {
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
        if (SqlColumn.Of(attribute) is { } column)
        {
            WriteTest(leaf, column);
            return;
        }

        _sql.Add("runs.run_number IN (");
        WriteRunsWith(attribute);
        _sql.Add(" AND ");
        WriteTest(leaf, new SqlColumn("value", "value"));
        _sql.Add(")");
    }

    /// <summary>Has the attribute, and none of its elements is one of these.</summary>
    private void WriteNoElementOf(Condition.OneOf oneOf)
    {
        _sql.Add("(runs.run_number IN (");
        WriteRunsWith(oneOf.Attribute);
        _sql.Add(") AND runs.run_number NOT IN (");
        WriteRunsWith(oneOf.Attribute);
        _sql.Add(" AND value IN ").AddValues(oneOf.Values).Add("))");
    }

    private void WriteIsNull(Condition.IsNull isNull)
    {
        if (isNull.Attribute.Name == BuiltInSearchAttributes.CloseTime)
        {
            _sql.Add(isNull.Negated ? "runs.close_time <> " : "runs.close_time = ")
                .AddValue(VisibilitySchema.OpenCloseTime);
        }
        else if (SqlColumn.Of(isNull.Attribute) is { } column)
        {
            _sql.Add(column.Expression).Add(isNull.Negated ? " IS NOT NULL" : " IS NULL");
        }
        else
        {
            _sql.Add(isNull.Negated ? "EXISTS (" : "NOT EXISTS (")
                .Add("SELECT 1 FROM search_attributes AS own WHERE own.run_number = runs.run_number AND own.name = ")
                .AddName(isNull.Attribute.Name)
                .Add(")");
        }
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

    private void WriteRunsWith(SearchAttribute attribute) => _sql
        .Add("SELECT run_number FROM search_attributes WHERE namespace_id = ").AddValue(_namespaceId)
        .Add(" AND name = ").AddName(attribute.Name);

    private static SearchAttribute AttributeOf(Condition leaf) => leaf switch
    {
        Condition.Compare compare => compare.Attribute,
        Condition.OneOf oneOf => oneOf.Attribute,
        Condition.Between between => between.Attribute,
        Condition.StartsWith startsWith => startsWith.Attribute,
        _ => throw new ArgumentOutOfRangeException(nameof(leaf)),
    };
}
