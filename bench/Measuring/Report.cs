using System.Text.Json;
using Spectre.Console;

namespace AugmentedOS.Bench.Measuring;

/// <summary>The figures of one scenario, in the order in which they were added.</summary>
internal sealed class Report(string scenario)
{
    private readonly List<(string Key, double Value, string? Aim)> _figures = [];

    /// <param name="key">snake_case with the unit at the end.</param>
    /// <param name="aim">What it should be, as a reader says it; null when there is none.</param>
    public Report Add(string key, double value, string? aim = null)
    {
        _figures.Add((key, value, aim));
        return this;
    }

    public double this[string key] => _figures.First(figure => figure.Key == key).Value;

    public void Print(bool json)
    {
        var table = new Table().Border(TableBorder.Simple).Title($"[bold]{scenario}[/]");
        table.AddColumn("figure").AddColumn(new TableColumn("measured").RightAligned()).AddColumn("aim");
        foreach (var (key, value, aim) in _figures)
        {
            table.AddRow(key, Round(value).ToString(), aim ?? "");
        }

        AnsiConsole.Write(table);
        Console.WriteLine($"machine: {Machine.Describe()}");
        Console.WriteLine("durability: SQLite file, WAL, synchronous=FULL");
        if (json)
        {
            var figures = new Dictionary<string, object> { ["scenario"] = scenario, ["machine"] = Machine.Describe() };
            foreach (var (key, value, _) in _figures)
            {
                figures[key] = Round(value);
            }

            Console.WriteLine(JsonSerializer.Serialize(figures));
        }
    }

    private static double Round(double value) => Math.Round(value, value >= 100 ? 0 : 3);
}
