namespace AugmentedOS.Pilot.Extraction;

/// <summary>
/// Finds fields by their labels: the value stands behind the label, in the cell to its right, or below it.
/// </summary>
internal sealed class FieldFinder(Sheet sheet)
{
    public ReceiptDraft Draft() => new()
    {
        Merchant = Find(Labels.Merchant) ?? (sheet.Rows is [[var first, ..], ..] ? first.Text : null),
        Number = Find(Labels.Number),
        Date = Find(Labels.Date),
        Total = FindTotal(),
        CostCentre = Find(Labels.CostCentre),
        Employee = Find(Labels.Employee),
        Purpose = Find(Labels.Purpose),
    };

    /// <summary>Earlier labels are the more telling ones, so “amount due” wins over “amount”.</summary>
    private string? Find(string[] labels) => labels.Select(Find).FirstOrDefault(value => !string.IsNullOrEmpty(value));

    private string? Find(string label) =>
        CellsLabelled(label)
            .Select(found => Value(found.Row, found.Column, found.Behind))
            .FirstOrDefault(value => value is not null);

    private string? Value(int row, int column, string behind)
    {
        if (behind.Length > 0)
        {
            return behind;
        }

        return Right(row, column) is { } right && !Labels.IsLabel(right) ? right : Below(row, column);
    }

    /// <summary>A total is often “Total EUR” with the figure in another column, so both texts belong to it.</summary>
    private string? FindTotal() =>
        Labels.Total
            .SelectMany(CellsLabelled)
            .Select(found => $"{found.Behind} {Right(found.Row, found.Column)}".Trim())
            .FirstOrDefault(value => value.Any(char.IsAsciiDigit));

    private IEnumerable<(int Row, int Column, string Behind)> CellsLabelled(string label)
    {
        for (var row = 0; row < sheet.Rows.Count; row++)
        {
            for (var column = 0; column < sheet.Rows[row].Count; column++)
            {
                if (Labels.TextAfter(sheet.Rows[row][column].Text, label) is { } behind)
                {
                    yield return (row, column, behind);
                }
            }
        }
    }

    private string? Right(int row, int column) =>
        column + 1 < sheet.Rows[row].Count ? sheet.Rows[row][column + 1].Text : null;

    private string? Below(int row, int column)
    {
        if (row + 1 >= sheet.Rows.Count)
        {
            return null;
        }

        var left = sheet.Rows[row][column].Left;
        var below = sheet.Rows[row + 1].MinBy(cell => Math.Abs(cell.Left - left));
        return Math.Abs(below.Left - left) < 5 && !Labels.IsLabel(below.Text) ? below.Text : null;
    }
}
