using System.Collections.Immutable;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>
/// Recursive descent over the subset of SQL's WHERE that visibility knows. A method that fails leaves its reason in
/// <see cref="_error"/> and returns null; the first reason stays.
/// </summary>
internal sealed partial class QueryParser
{
    /// <summary>Longer than any tool writes, short enough that the translation stays within SQLite's limits.</summary>
    public const int MaxLength = 64 * 1024;

    /// <summary>
    /// Parentheses and NOTs within each other. Bounds the stack here and the expression depth in SQLite.
    /// </summary>
    public const int MaxNesting = 100;

    public const int MaxConditions = 2_000;

    public const int MaxLiterals = 10_000;

    private readonly QueryTokenizer _tokenizer;
    private QueryToken _current;
    private Rejection? _error;
    private int _nesting;
    private int _conditions;
    private int _literals;

    private QueryParser(string query)
    {
        _tokenizer = new QueryTokenizer(query);
        _current = _tokenizer.Next();
    }

    public static Validated<QueryStatement> Parse(string query)
    {
        if (query.Length > MaxLength)
        {
            return QueryError.Malformed($"query of {query.Length} characters exceeds the limit of {MaxLength}");
        }

        var parser = new QueryParser(query);
        var statement = parser.Statement();
        return statement is null ? parser._error! : statement;
    }

    private QueryStatement? Statement()
    {
        QuerySyntax? where = null;
        if (!AtEnd && !AtClause)
        {
            where = OrExpression();
            if (where is null)
            {
                return null;
            }
        }

        var groupBy = ImmutableArray<QueryOperand>.Empty;
        if (_error is null && _current.IsKeyword("GROUP"))
        {
            groupBy = GroupBy();
        }

        RejectTrailing();
        return _error is null ? new QueryStatement(where, groupBy) : null;
    }

    private bool AtEnd => _current.Kind == QueryTokenKind.End;

    private bool AtClause =>
        _current.IsKeyword("GROUP") || _current.IsKeyword("ORDER") || _current.IsKeyword("LIMIT");

    private ImmutableArray<QueryOperand> GroupBy()
    {
        Advance();
        if (!TakeKeyword("BY"))
        {
            SyntaxError();
            return [];
        }

        var fields = ImmutableArray.CreateBuilder<QueryOperand>();
        do
        {
            if (Operand() is not { } field)
            {
                return [];
            }

            fields.Add(field);
        }
        while (TakeSymbol(","));
        return fields.ToImmutable();
    }

    private void RejectTrailing()
    {
        if (_error is not null || AtEnd)
        {
            return;
        }

        if (_current.IsKeyword("ORDER"))
        {
            Fail(QueryError.NotSupported("'ORDER BY' clause"));
        }
        else if (_current.IsKeyword("LIMIT"))
        {
            Fail(QueryError.NotSupported("'LIMIT' clause"));
        }
        else
        {
            SyntaxError();
        }
    }

    private QuerySyntax? OrExpression() => Chain("OR", AndExpression, terms => new QuerySyntax.Or(terms));

    private QuerySyntax? AndExpression() => Chain("AND", NotExpression, terms => new QuerySyntax.And(terms));

    private QuerySyntax? Chain(
        string keyword, Func<QuerySyntax?> next, Func<ImmutableArray<QuerySyntax>, QuerySyntax> join)
    {
        var first = next();
        if (first is null || !_current.IsKeyword(keyword))
        {
            return first;
        }

        var terms = ImmutableArray.CreateBuilder<QuerySyntax>();
        terms.Add(first);
        while (TakeKeyword(keyword))
        {
            if (next() is not { } term)
            {
                return null;
            }

            terms.Add(term);
        }

        return join(terms.ToImmutable());
    }

    private QuerySyntax? NotExpression()
    {
        if (_current.IsKeyword("NOT") || _current.IsSymbol("!"))
        {
            Advance();
            return Nested(NotExpression) is { } term ? new QuerySyntax.Not(term) : null;
        }

        if (!TakeSymbol("("))
        {
            return Predicate();
        }

        var inner = Nested(OrExpression);
        return inner is not null && ExpectSymbol(")") ? inner : null;
    }

    private QuerySyntax? Nested(Func<QuerySyntax?> parse)
    {
        if (++_nesting > MaxNesting)
        {
            return Fail(QueryError.Malformed($"max nesting level reached at position {_current.Position}"));
        }

        var syntax = parse();
        _nesting--;
        return syntax;
    }

    private void Advance() => _current = _tokenizer.Next();

    private bool TakeKeyword(string keyword)
    {
        var found = _current.IsKeyword(keyword);
        if (found)
        {
            Advance();
        }

        return found;
    }

    private bool TakeSymbol(string symbol)
    {
        var found = _current.IsSymbol(symbol);
        if (found)
        {
            Advance();
        }

        return found;
    }

    private bool ExpectSymbol(string symbol) => TakeSymbol(symbol) || SyntaxError() is not null;

    private QuerySyntax? Fail(Rejection error)
    {
        _error ??= error;
        return null;
    }

    private QuerySyntax? SyntaxError()
    {
        var near = _current.Value.Length <= 100 ? _current.Value : _current.Value[..100];
        return Fail(QueryError.Malformed(AtEnd
            ? $"syntax error at position {_current.Position}"
            : $"syntax error at position {_current.Position} near '{near}'"));
    }
}
