using System.Text;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>
/// Cuts a query into tokens, one pass, with MySQL's rules for quotes and escapes as the grammar is its subset.
/// </summary>
internal sealed class QueryTokenizer
{
    private const char End = '\0';

    private static readonly string[] Symbols =
        ["<=>", "<=", ">=", "<>", "!=", "=", "<", ">", "(", ")", ",", "+", "-", "*", "/", "%", "!"];

    private readonly string _query;
    private int _position;

    public QueryTokenizer(string query) => _query = query;

    public QueryToken Next()
    {
        while (char.IsWhiteSpace(Peek()))
        {
            _position++;
        }

        if (_position >= _query.Length)
        {
            return Token(QueryTokenKind.End, "");
        }

        var first = Peek();
        return first switch
        {
            '\'' or '"' => Quoted(first),
            '`' => QuotedName(),
            _ when char.IsAsciiDigit(first) || (first == '.' && char.IsAsciiDigit(Peek(1))) => Number(),
            _ when IsNameStart(first) => Word(),
            _ => Symbol(),
        };
    }

    private QueryToken Word()
    {
        var start = _position;
        while (IsNamePart(Peek()))
        {
            _position++;
        }

        return Token(QueryTokenKind.Word, _query[start.._position]);
    }

    private QueryToken Number()
    {
        var start = _position;
        SkipDigits();
        var isDecimal = false;
        if (Peek() == '.')
        {
            isDecimal = true;
            _position++;
            SkipDigits();
        }

        if (Peek() is 'e' or 'E' && (char.IsAsciiDigit(Peek(1)) ||
            (Peek(1) is '+' or '-' && char.IsAsciiDigit(Peek(2)))))
        {
            isDecimal = true;
            _position += 2;
            SkipDigits();
        }

        var kind = IsNamePart(Peek()) ? QueryTokenKind.Illegal
            : isDecimal ? QueryTokenKind.Decimal
            : QueryTokenKind.Integer;
        return Token(kind, _query[start.._position]);
    }

    private QueryToken Quoted(char quote)
    {
        var text = new StringBuilder();
        for (_position++; _position < _query.Length; _position++)
        {
            var character = _query[_position];
            if (character == '\\' && _position + 1 < _query.Length)
            {
                text.Append(Unescape(_query[++_position]));
            }
            else if (character != quote)
            {
                text.Append(character);
            }
            else if (Peek(1) == quote)
            {
                text.Append(quote);
                _position++;
            }
            else
            {
                _position++;
                return Token(QueryTokenKind.Text, text.ToString());
            }
        }

        return Token(QueryTokenKind.Illegal, text.ToString());
    }

    private QueryToken QuotedName()
    {
        var name = new StringBuilder();
        for (_position++; _position < _query.Length; _position++)
        {
            var character = _query[_position];
            if (character != '`')
            {
                name.Append(character);
            }
            else if (Peek(1) == '`')
            {
                name.Append('`');
                _position++;
            }
            else
            {
                _position++;
                return Token(name.Length == 0 ? QueryTokenKind.Illegal : QueryTokenKind.QuotedName, name.ToString());
            }
        }

        return Token(QueryTokenKind.Illegal, name.ToString());
    }

    private QueryToken Symbol()
    {
        foreach (var symbol in Symbols)
        {
            if (string.CompareOrdinal(_query, _position, symbol, 0, symbol.Length) == 0)
            {
                _position += symbol.Length;
                return Token(QueryTokenKind.Symbol, symbol);
            }
        }

        // A whole surrogate pair, or the error text would carry half a character.
        var length = char.IsHighSurrogate(Peek()) && char.IsLowSurrogate(Peek(1)) ? 2 : 1;
        _position += length;
        return Token(QueryTokenKind.Illegal, _query.Substring(_position - length, length));
    }

    private static char Unescape(char escaped) => escaped switch
    {
        '0' => '\0',
        'b' => '\b',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'Z' => '\x1a',
        _ => escaped,
    };

    private void SkipDigits()
    {
        while (char.IsAsciiDigit(Peek()))
        {
            _position++;
        }
    }

    private static bool IsNameStart(char character) => char.IsAsciiLetter(character) || character is '_' or '@';

    private static bool IsNamePart(char character) =>
        IsNameStart(character) || char.IsAsciiDigit(character) || character is '.' or '$';

    private char Peek(int ahead = 0) => _position + ahead < _query.Length ? _query[_position + ahead] : End;

    private QueryToken Token(QueryTokenKind kind, string value) => new(kind, value, _position);
}
