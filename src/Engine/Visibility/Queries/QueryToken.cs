namespace AugmentedOS.Engine.Visibility.Queries;

internal enum QueryTokenKind
{
    End,

    /// <summary>A bare word: an attribute's name or a keyword, which the grammar tells apart.</summary>
    Word,

    /// <summary>A name in backquotes, never a keyword.</summary>
    QuotedName,
    Text,
    Integer,
    Decimal,
    Symbol,

    /// <summary>Something that no query can contain.</summary>
    Illegal,
}

/// <param name="Value">The decoded text: without quotes and escapes.</param>
/// <param name="Position">Where it ends, counted from 1: what an error text tells.</param>
internal readonly record struct QueryToken(QueryTokenKind Kind, string Value, int Position)
{
    public bool IsKeyword(string keyword) =>
        Kind == QueryTokenKind.Word && Value.Equals(keyword, StringComparison.OrdinalIgnoreCase);

    public bool IsSymbol(string symbol) => Kind == QueryTokenKind.Symbol && Value == symbol;
}
