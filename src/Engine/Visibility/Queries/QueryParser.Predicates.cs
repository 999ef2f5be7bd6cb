using System.Collections.Immutable;
using System.Globalization;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>The leaves of the grammar: one attribute, an operator, and what it is compared with.</summary>
internal sealed partial class QueryParser
{
    private static readonly string[] ComparisonSymbols = ["=", "!=", "<>", "<", "<=", ">", ">=", "<=>"];

    private QuerySyntax? Predicate()
    {
        if (++_conditions > MaxConditions)
        {
            return Fail(QueryError.Malformed($"more than {MaxConditions} conditions"));
        }

        if (Operand() is not { } left)
        {
            return null;
        }

        if (_current.Kind == QueryTokenKind.Symbol && ComparisonSymbols.Contains(_current.Value))
        {
            var symbol = _current.Value == "<>" ? "!=" : _current.Value;
            Advance();
            return ComparisonWith(left, symbol);
        }

        if (TakeKeyword("IS"))
        {
            return Is(left);
        }

        var negated = TakeKeyword("NOT");
        return _current switch
        {
            _ when TakeKeyword("BETWEEN") => Between(left, negated),
            _ when TakeKeyword("IN") => In(left, negated),
            _ when TakeKeyword("STARTS_WITH") => ComparisonWith(left, negated ? "not starts_with" : "starts_with"),
            _ when TakeKeyword("LIKE") => ComparisonWith(left, negated ? "not like" : "like"),
            _ when TakeKeyword("REGEXP") || TakeKeyword("RLIKE") =>
                ComparisonWith(left, negated ? "not regexp" : "regexp"),
            _ when negated => SyntaxError(),
            _ => new QuerySyntax.Bare(left),
        };
    }

    private QuerySyntax.Comparison? ComparisonWith(QueryOperand left, string symbol) =>
        Operand() is { } right ? new QuerySyntax.Comparison(left, symbol, right) : null;

    private QuerySyntax? Is(QueryOperand left)
    {
        var negated = TakeKeyword("NOT") ? "not " : "";
        foreach (var what in (string[])["NULL", "TRUE", "FALSE"])
        {
            if (TakeKeyword(what))
            {
                return new QuerySyntax.Is(left, negated + what.ToLowerInvariant());
            }
        }

        return SyntaxError();
    }

    private QuerySyntax? Between(QueryOperand left, bool negated)
    {
        if (Operand() is not { } from)
        {
            return null;
        }

        if (!TakeKeyword("AND"))
        {
            return SyntaxError();
        }

        return Operand() is { } to ? new QuerySyntax.Between(left, from, to, negated) : null;
    }

    private QuerySyntax.In? In(QueryOperand left, bool negated)
    {
        if (!ExpectSymbol("(") || Operands() is not { } items)
        {
            return null;
        }

        return new QuerySyntax.In(left, items, negated);
    }

    /// <summary>The rest of a list in parentheses.</summary>
    private ImmutableArray<QueryOperand>? Operands()
    {
        var items = ImmutableArray.CreateBuilder<QueryOperand>();
        do
        {
            if (Operand() is not { } item)
            {
                return null;
            }

            items.Add(item);
        }
        while (TakeSymbol(","));
        return ExpectSymbol(")") ? items.ToImmutable() : null;
    }

    private QueryOperand? Operand()
    {
        if (++_literals > MaxLiterals + (2 * MaxConditions))
        {
            Fail(QueryError.Malformed($"more than {MaxLiterals} values"));
            return null;
        }

        if (_current.IsSymbol("-") || _current.IsSymbol("+"))
        {
            return SignedNumber();
        }

        if (TakeSymbol("("))
        {
            return ListOperand();
        }

        var token = _current;
        switch (token.Kind)
        {
            case QueryTokenKind.Text:
                Advance();
                return new QueryOperand.Literal(token.Value);
            case QueryTokenKind.Integer or QueryTokenKind.Decimal:
                Advance();
                return new QueryOperand.Literal(Number(token.Value));
            case QueryTokenKind.QuotedName:
                Advance();
                return new QueryOperand.Name(token.Value);
            case QueryTokenKind.Word when !IsReserved(token.Value):
                Advance();
                return WordOperand(token.Value);
            default:
                SyntaxError();
                return null;
        }
    }

    private QueryOperand? WordOperand(string word)
    {
        if (_current.IsSymbol("("))
        {
            return SkipArguments() ? new QueryOperand.Call(word) : null;
        }

        return word.ToUpperInvariant() switch
        {
            "TRUE" => new QueryOperand.Literal(true),
            "FALSE" => new QueryOperand.Literal(false),
            "NULL" => new QueryOperand.Null(),
            _ => new QueryOperand.Name(word),
        };
    }

    // A call is refused whatever its arguments are, so they are only stepped over; no recursion.
    private bool SkipArguments()
    {
        var depth = 0;
        do
        {
            depth += _current.IsSymbol("(") ? 1 : _current.IsSymbol(")") ? -1 : 0;
            if (AtEnd || _current.Kind == QueryTokenKind.Illegal)
            {
                return SyntaxError() is not null;
            }

            Advance();
        }
        while (depth > 0);
        return true;
    }

    private QueryOperand? ListOperand()
    {
        if (++_nesting > MaxNesting)
        {
            Fail(QueryError.Malformed($"max nesting level reached at position {_current.Position}"));
            return null;
        }

        var items = Operands();
        _nesting--;
        return items switch
        {
            null => null,
            { Length: 1 } => new QueryOperand.Parenthesized(),
            _ => new QueryOperand.List(items.Value),
        };
    }

    private QueryOperand.Literal? SignedNumber()
    {
        var sign = _current.Value;
        Advance();
        if (_current.Kind is not (QueryTokenKind.Integer or QueryTokenKind.Decimal))
        {
            SyntaxError();
            return null;
        }

        var number = Number(sign == "-" ? "-" + _current.Value : _current.Value);
        Advance();
        return new QueryOperand.Literal(number, Signed: true);
    }

    private static object Number(string text) =>
        long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer)
            ? integer
            : (object)double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture);

    private static bool IsReserved(string word) => word.ToUpperInvariant() is
        "AND" or "OR" or "NOT" or "IN" or "IS" or "BETWEEN" or "LIKE" or "REGEXP" or "RLIKE" or "STARTS_WITH" or
        "GROUP" or "ORDER" or "BY" or "LIMIT" or "WHERE" or "SELECT" or "FROM" or "EXISTS";
}
