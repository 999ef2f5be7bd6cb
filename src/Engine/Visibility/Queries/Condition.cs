using System.Collections.Immutable;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>
/// A filter whose names and values are known. There is no NOT: negation moves down to the leaves, where each leaf says
/// what it does with a row that has no value. That is SQL's three-valued logic without a third value.
/// </summary>
internal abstract record Condition
{
    private Condition()
    {
    }

    /// <summary>Holds for the rows for which this one is false; a row without a value is in neither.</summary>
    public abstract Condition Negate();

    public sealed record All(ImmutableArray<Condition> Terms) : Condition
    {
        public override Condition Negate() => new Any([.. Terms.Select(term => term.Negate())]);
    }

    public sealed record Any(ImmutableArray<Condition> Terms) : Condition
    {
        public override Condition Negate() => new All([.. Terms.Select(term => term.Negate())]);
    }

    public sealed record Compare(SearchAttribute Attribute, Comparator Operator, object Value) : Condition
    {
        public override Condition Negate() => this with { Operator = Operator.Negate() };
    }

    /// <summary>The value is one of these; of a list or a text, any element or word.</summary>
    public sealed record OneOf(SearchAttribute Attribute, ImmutableArray<object> Values, bool Negated) : Condition
    {
        public override Condition Negate() => this with { Negated = !Negated };
    }

    public sealed record Between(SearchAttribute Attribute, object From, object To, bool Negated) : Condition
    {
        public override Condition Negate() => this with { Negated = !Negated };
    }

    public sealed record StartsWith(SearchAttribute Attribute, object Prefix, bool Negated) : Condition
    {
        public override Condition Negate() => this with { Negated = !Negated };
    }

    public sealed record IsNull(SearchAttribute Attribute, bool Negated) : Condition
    {
        public override Condition Negate() => this with { Negated = !Negated };
    }
}

internal enum Comparator
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

internal static class Comparators
{
    public static Comparator Negate(this Comparator comparator) => comparator switch
    {
        Comparator.Equal => Comparator.NotEqual,
        Comparator.NotEqual => Comparator.Equal,
        Comparator.Less => Comparator.GreaterOrEqual,
        Comparator.LessOrEqual => Comparator.Greater,
        Comparator.Greater => Comparator.LessOrEqual,
        Comparator.GreaterOrEqual => Comparator.Less,
        _ => throw new ArgumentOutOfRangeException(nameof(comparator)),
    };

    public static string ToSql(this Comparator comparator) => comparator switch
    {
        Comparator.Equal => "=",
        Comparator.NotEqual => "<>",
        Comparator.Less => "<",
        Comparator.LessOrEqual => "<=",
        Comparator.Greater => ">",
        Comparator.GreaterOrEqual => ">=",
        _ => throw new ArgumentOutOfRangeException(nameof(comparator)),
    };

    public static bool TryParse(string symbol, out Comparator comparator)
    {
        (var known, comparator) = symbol switch
        {
            "=" => (true, Comparator.Equal),
            "!=" => (true, Comparator.NotEqual),
            "<" => (true, Comparator.Less),
            "<=" => (true, Comparator.LessOrEqual),
            ">" => (true, Comparator.Greater),
            ">=" => (true, Comparator.GreaterOrEqual),
            _ => (false, default),
        };
        return known;
    }
}
