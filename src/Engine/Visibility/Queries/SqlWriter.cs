using System.Globalization;
using System.Text;
using AugmentedOS.Engine.Storage.Sqlite;

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

    /// <summary>A namespace's id; it too is one parameter however often it occurs.</summary>
    public SqlWriter AddBlob(byte[] value)
    {
        var number = _values.IndexOf(value) + 1;
        return number > 0 ? AddParameter(number) : AddValue(value);
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

    public Statement Prepare(Database database, string prefix = "")
    {
        var statement = database.Prepare(prefix + _text);
        for (var index = 0; index < _values.Count; index++)
        {
            Bind(statement, index + 1, _values[index]);
        }

        return statement;
    }

    public override string ToString() => _text.ToString();

    private SqlWriter AddParameter(int number) => Add("?").Add(number.ToString(CultureInfo.InvariantCulture));

    private static Statement Bind(Statement statement, int index, object value) => value switch
    {
        string text => statement.Bind(index, text),
        long integer => statement.Bind(index, integer),
        double number => statement.Bind(index, number),
        byte[] bytes => statement.Bind(index, bytes),
        _ => throw new InvalidOperationException($"{value.GetType()} is no value of a query."),
    };
}
