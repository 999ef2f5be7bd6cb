namespace AugmentedOS.Pilot.Extraction;

/// <summary>A document as a reader of it sees it: rows from top to bottom, each of cells from left to right.</summary>
internal sealed record Sheet(IReadOnlyList<IReadOnlyList<Cell>> Rows)
{
    public static Sheet OfLines(IEnumerable<string> lines) =>
        new([.. lines.Select(line => line.Trim()).Where(line => line.Length > 0).Select(Row)]);

    private static Cell[] Row(string line) => [new Cell(0, line)];
}

/// <summary>A text and how far from the left it starts, in any unit that is the same throughout the sheet.</summary>
internal readonly record struct Cell(double Left, string Text);
