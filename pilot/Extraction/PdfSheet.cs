using UglyToad.PdfPig.Content;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>Puts the words of PDF pages, which stand there in any order, back into rows and cells.</summary>
internal static class PdfSheet
{
    /// <summary>A gap wider than this share of the font size separates cells; a space takes 0.6 at most.</summary>
    private const double CellGap = 1.2;

    /// <summary>Words whose baselines differ by less than this share of the font size stand in one row.</summary>
    private const double RowDrift = 0.4;

    public static Sheet Of(IEnumerable<Page> pages) => new([.. pages.SelectMany(RowsOf)]);

    private static IEnumerable<IReadOnlyList<Cell>> RowsOf(Page page)
    {
        var words = page.GetWords().Where(word => !string.IsNullOrWhiteSpace(word.Text));
        var row = new List<Word>();
        foreach (var word in words.OrderByDescending(Baseline))
        {
            if (row.Count > 0 && Baseline(row[0]) - Baseline(word) > RowDrift * Size(row[0]))
            {
                yield return CellsOf(row);
                row = [];
            }

            row.Add(word);
        }

        if (row.Count > 0)
        {
            yield return CellsOf(row);
        }
    }

    private static List<Cell> CellsOf(List<Word> row)
    {
        var cells = new List<Cell>();
        var right = 0.0;
        foreach (var word in row.OrderBy(word => word.BoundingBox.Left))
        {
            var text = Ligatures.Expand(word.Text);
            if (cells.Count > 0 && word.BoundingBox.Left - right < CellGap * Size(word))
            {
                cells[^1] = cells[^1] with { Text = $"{cells[^1].Text} {text}" };
            }
            else
            {
                cells.Add(new Cell(word.BoundingBox.Left, text));
            }

            right = word.BoundingBox.Right;
        }

        return cells;
    }

    private static double Baseline(Word word) => word.Letters[0].StartBaseLine.Y;

    private static double Size(Word word) => word.Letters[0].PointSize;
}
