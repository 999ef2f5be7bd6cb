using AngleSharp.Dom;
using AngleSharp.Html.Dom;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>
/// Lays the HTML of an e-mail out as rows and cells. Mail is built of nested tables, so a table row counts as one only
/// when it holds no further table.
/// </summary>
internal static class HtmlSheet
{
    private const double ColumnWidth = 100;

    private static readonly HashSet<string> Blocks = new(StringComparer.OrdinalIgnoreCase)
    {
        "div", "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "li", "dl", "dt", "dd", "table", "thead", "tbody",
        "tfoot", "tr", "td", "th", "section", "article", "header", "footer", "center", "blockquote", "pre",
    };

    public static Sheet Of(IHtmlDocument document)
    {
        var rows = new List<IReadOnlyList<Cell>>();
        if (document.Body is { } body)
        {
            Collect(body, rows);
        }

        return new Sheet(rows);
    }

    private static void Collect(IElement element, List<IReadOnlyList<Cell>> rows)
    {
        if (element.LocalName is "tr" && element.QuerySelector("table") is null)
        {
            Add(rows, element.Children);
        }
        else if (element.LocalName is "dt" && element.NextElementSibling is { LocalName: "dd" } value)
        {
            Add(rows, [element, value]);
        }
        else if (element.LocalName is "dd" && element.PreviousElementSibling is { LocalName: "dt" })
        {
            return;
        }
        else if (element.Descendants<IElement>().Any(child => Blocks.Contains(child.LocalName)))
        {
            foreach (var child in element.Children)
            {
                Collect(child, rows);
            }
        }
        else
        {
            Add(rows, [element]);
        }
    }

    private static void Add(List<IReadOnlyList<Cell>> rows, IEnumerable<IElement> cells)
    {
        var row = cells
            .Where(cell => cell.LocalName is not ("script" or "style"))
            .Select((cell, column) => new Cell(column * ColumnWidth, OneLine(cell.TextContent)))
            .Where(cell => cell.Text.Length > 0)
            .ToList();
        if (row.Count > 0)
        {
            rows.Add(row);
        }
    }

    private static string OneLine(string text) =>
        string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
