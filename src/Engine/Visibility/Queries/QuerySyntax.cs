using System.Collections.Immutable;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>What was written, before names and values mean anything.</summary>
internal abstract record QuerySyntax
{
    private QuerySyntax()
    {
    }

    public sealed record And(ImmutableArray<QuerySyntax> Terms) : QuerySyntax;

    public sealed record Or(ImmutableArray<QuerySyntax> Terms) : QuerySyntax;

    public sealed record Not(QuerySyntax Term) : QuerySyntax;

    /// <param name="Operator">As in error texts: lower case words, one space.</param>
    public sealed record Comparison(QueryOperand Left, string Operator, QueryOperand Right) : QuerySyntax;

    public sealed record In(QueryOperand Left, ImmutableArray<QueryOperand> Right, bool Negated) : QuerySyntax;

    public sealed record Between(QueryOperand Left, QueryOperand From, QueryOperand To, bool Negated) : QuerySyntax;

    /// <param name="What">What follows IS: <c>null</c>, <c>not null</c>, <c>true</c>, …</param>
    public sealed record Is(QueryOperand Left, string What) : QuerySyntax;

    /// <summary>An operand that is compared with nothing.</summary>
    public sealed record Bare(QueryOperand Operand) : QuerySyntax;
}

/// <summary>One side of a comparison as it was written.</summary>
internal abstract record QueryOperand
{
    private QueryOperand()
    {
    }

    public sealed record Name(string Value) : QueryOperand;

    /// <param name="Value">A string, a long, a double or a bool.</param>
    /// <param name="Signed">Written with + or -.</param>
    public sealed record Literal(object Value, bool Signed = false) : QueryOperand;

    public sealed record Null : QueryOperand;

    public sealed record Call(string Function) : QueryOperand;

    public sealed record Parenthesized : QueryOperand;

    public sealed record List(ImmutableArray<QueryOperand> Items) : QueryOperand;
}

/// <summary>A whole query: the filter, if any, and the fields of its GROUP BY.</summary>
internal sealed record QueryStatement(QuerySyntax? Where, ImmutableArray<QueryOperand> GroupBy);
