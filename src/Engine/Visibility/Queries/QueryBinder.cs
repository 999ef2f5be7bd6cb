using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>Gives names their attributes and values their types, or says what is wrong with them.</summary>
internal sealed class QueryBinder
{
    private readonly SearchAttributeCatalog _catalog;
    private readonly IQueryNames? _names;
    private Rejection? _error;
    private bool _mentionsDivision;

    private QueryBinder(SearchAttributeCatalog catalog, IQueryNames? names) => (_catalog, _names) = (catalog, names);

    /// <param name="names">What names mean; null for those of runs.</param>
    public static Validated<BoundQuery> Bind(
        QueryStatement statement, SearchAttributeCatalog catalog, IQueryNames? names = null)
    {
        var binder = new QueryBinder(catalog, names);
        var where = statement.Where is null ? null : binder.Bind(statement.Where);
        var groupBy = binder._error is null ? binder.BindGroupBy(statement.GroupBy) : null;
        return (binder._error ?? names?.Refusal) is { } error
            ? error
            : new BoundQuery(binder.HideInternal(where), groupBy);
    }

    /// <summary>Schedulers, batch jobs and deployment managers are workflows in a division of the namespace.</summary>
    private Condition HideInternal(Condition? where)
    {
        if (_mentionsDivision || _names is not null)
        {
            return where ?? new Condition.All([]);
        }

        var division = BuiltInSearchAttributes.All[BuiltInSearchAttributes.NamespaceDivision];
        var isNull = new Condition.IsNull(division, Negated: false);
        return where is null ? isNull : new Condition.All([isNull, where]);
    }

    private SearchAttribute? BindGroupBy(ImmutableArray<QueryOperand> fields)
    {
        if (fields.Length > 1)
        {
            Fail(QueryError.NotSupported("'GROUP BY' clause supports only a single field"));
        }

        if (fields.IsEmpty || _error is not null || !TryResolve(fields[0], out var field))
        {
            return null;
        }

        if (field.Attribute.Name
            is BuiltInSearchAttributes.ExecutionStatus or BuiltInSearchAttributes.NamespaceDivision)
        {
            return field.Attribute;
        }

        Fail(QueryError.NotSupported($"'GROUP BY' clause is not supported for search attribute {field.Written}"));
        return null;
    }

    private Condition? Bind(QuerySyntax syntax) => syntax switch
    {
        QuerySyntax.And and => BindAll(and.Terms) is { } terms ? new Condition.All(terms) : null,
        QuerySyntax.Or or => BindAll(or.Terms) is { } terms ? new Condition.Any(terms) : null,
        QuerySyntax.Not not => Bind(not.Term)?.Negate(),
        QuerySyntax.Comparison comparison => BindComparison(comparison),
        QuerySyntax.In membership => BindIn(membership),
        QuerySyntax.Between between => BindBetween(between),
        QuerySyntax.Is test => BindIs(test),
        QuerySyntax.Bare bare => Fail(Incomplete(bare.Operand)),
        _ => throw new ArgumentOutOfRangeException(nameof(syntax)),
    };

    private ImmutableArray<Condition>? BindAll(ImmutableArray<QuerySyntax> terms)
    {
        var bound = ImmutableArray.CreateBuilder<Condition>(terms.Length);
        foreach (var term in terms)
        {
            if (Bind(term) is not { } condition)
            {
                return null;
            }

            bound.Add(condition);
        }

        return bound.MoveToImmutable();
    }

    private Condition? BindComparison(QuerySyntax.Comparison comparison)
    {
        if (!TryResolve(comparison.Left, out var field) || !TryRead(comparison.Right, field, out var value))
        {
            return null;
        }

        var attribute = field.Attribute;
        if (comparison.Operator is "starts_with" or "not starts_with" && attribute.Type == IndexedValueType.Keyword)
        {
            return new Condition.StartsWith(attribute, value, comparison.Operator is "not starts_with");
        }

        if (!Comparators.TryParse(comparison.Operator, out var comparator) ||
            (attribute.IsMultiValued && comparator is not (Comparator.Equal or Comparator.NotEqual)))
        {
            return Fail(OperatorNotSupported(comparison.Operator, field));
        }

        return attribute.IsMultiValued
            ? new Condition.OneOf(attribute, AsElements(attribute, value), comparator == Comparator.NotEqual)
            : new Condition.Compare(attribute, comparator, value);
    }

    private Condition? BindIn(QuerySyntax.In membership)
    {
        if (!TryResolve(membership.Left, out var field))
        {
            return null;
        }

        var values = ImmutableArray.CreateBuilder<object>(membership.Right.Length);
        foreach (var item in membership.Right)
        {
            if (!TryRead(item, field, out var value))
            {
                return null;
            }

            values.Add(value);
        }

        return field.Attribute.Type == IndexedValueType.Text
            ? Fail(OperatorNotSupported(membership.Negated ? "not in" : "in", field))
            : new Condition.OneOf(field.Attribute, values.MoveToImmutable(), membership.Negated);
    }

    private Condition? BindBetween(QuerySyntax.Between between)
    {
        if (!TryResolve(between.Left, out var field))
        {
            return null;
        }

        if (field.Attribute.Type is not (IndexedValueType.Datetime or IndexedValueType.Int or
            IndexedValueType.Double or IndexedValueType.Keyword))
        {
            return Fail(QueryError.InvalidExpression(
                $"cannot do range condition on search attribute '{field.Written}' of type {field.Attribute.Type}"));
        }

        return TryRead(between.From, field, out var from) && TryRead(between.To, field, out var to)
            ? new Condition.Between(field.Attribute, from, to, between.Negated)
            : null;
    }

    private Condition? BindIs(QuerySyntax.Is test)
    {
        if (!TryResolve(test.Left, out var field))
        {
            return null;
        }

        return test.What is "null" or "not null"
            ? new Condition.IsNull(field.Attribute, test.What is "not null")
            : Fail(QueryError.InvalidExpression("'IS' operator can only be used as 'IS NULL' or 'IS NOT NULL'"));
    }

    private bool TryResolve(QueryOperand operand, [NotNullWhen(true)] out AttributeReference? field)
    {
        field = null;
        if (operand is not QueryOperand.Name name)
        {
            Fail(QueryError.InvalidExpression($"must be a column name but was {QueryLiteral.NodeName(operand)}"));
            return false;
        }

        var isKnown = _names is null
            ? AttributeReference.TryResolve(name.Value, _catalog, out field)
            : _names.TryResolve(name.Value, _catalog, out field);
        if (!isKnown || field is null)
        {
            Fail(QueryError.InvalidExpression($"column name '{name.Value}' is not a valid search attribute"));
            return false;
        }

        _mentionsDivision |= field.Attribute.Name == BuiltInSearchAttributes.NamespaceDivision;
        return true;
    }

    private bool TryRead(QueryOperand operand, AttributeReference field, [NotNullWhen(true)] out object? value)
    {
        _error = QueryLiteral.Read(operand, field, out value) ?? _error;
        return value is not null;
    }

    private static ImmutableArray<object> AsElements(SearchAttribute attribute, object value) =>
        attribute.Type == IndexedValueType.Text ? [.. TextTokens.Of((string)value)] : [value];

    private static Rejection Incomplete(QueryOperand operand) => operand switch
    {
        QueryOperand.Name => QueryError.InvalidExpression("incomplete expression"),
        QueryOperand.Call => QueryError.NotSupported("function expression"),
        _ => QueryError.NotSupported($"expression of type {QueryLiteral.NodeName(operand)}"),
    };

    private static Rejection OperatorNotSupported(string symbol, AttributeReference field) => QueryError.NotSupported(
        $"operator '{symbol.ToUpperInvariant()}' not supported for {field.Attribute.Type} " +
        $"type search attribute '{field.Written}'");

    private Condition? Fail(Rejection error)
    {
        _error ??= error;
        return null;
    }
}
