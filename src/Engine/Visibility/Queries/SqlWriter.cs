using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace AugmentedOS.Engine.Visibility.Queries;

/// <summary>
/// SQL text and its parameters. Text comes from this folder's constants; values only ever become parameters.
/// </summary>
internal sealed class SqlWriter
{
    private readonly StringBuilder _text = new();
    private readonly List<object> _values = [];
    private readonly Dictionary<string, int> _names = new(StringComparer.Ordinal);

    public SqlWriter Add(string sql)
    {
        _text.Append(sql);
        return this;
    }

    public SqlWriter AddValue(object value)
    {
        _values.Add(value);
        return AddParameter(_values.Count);
    }

    /// <summary>An attribute's name; the same name is one parameter however often it occurs.</summary>
    public SqlWriter AddName(string name)
    {
        if (_names.TryGetValue(name, out var number))
        {
            return AddParameter(number);
        }

        AddValue(name);
        _names[name] = _values.Count;
        return this;
    }

    public SqlWriter AddValues(IEnumerable<object> values)
    {
        var separator = "(";
        foreach (var value in values)
        {
            Add(separator).AddValue(value);
            separator = ",";
        }

        return Add(")");
    }

    public SqliteCommand ToCommand(SqliteConnection connection)
    {
        var command = connection.CreateCommand();
#pragma warning disable CA2100 // Only constants of this folder and parameter numbers are in the text.
        command.CommandText = _text.ToString();
#pragma warning restore CA2100
        for (var index = 0; index < _values.Count; index++)
        {
            command.Parameters.Add(new SqliteParameter(Name(index + 1), _values[index]));
        }

        return command;
    }

    public override string ToString() => _text.ToString();

    private SqlWriter AddParameter(int number) => Add(Name(number));

    private static string Name(int number) => "?" + number.ToString(CultureInfo.InvariantCulture);
}
