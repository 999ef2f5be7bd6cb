namespace AugmentedOS.Pilot.Extraction;

/// <summary>The header of a statement: its line, what separates columns, and which column holds what.</summary>
/// <param name="Line">The header's line, counted from one; so many lines precede the first row.</param>
/// <param name="Separator">What stands between two columns.</param>
/// <param name="Columns">The header's texts.</param>
internal sealed record StatementHeader(int Line, char Separator, string[] Columns)
{
    private const int MostLinesBefore = 12;

    private static readonly char[] Separators = [';', '\t', ',', '|'];

    public int Date => IndexOf("buchungstag", "datum", "date");

    public int Merchant => IndexOf("händler", "merchant");

    public int Number => IndexOf("belegnummer", "reference");

    public int Amount => IndexOf("betrag", "amount");

    public int Currency => IndexOf("währung", "currency");

    public int CostCentre => IndexOf("kostenstelle", "cost centre", "cost center");

    public int Employee => IndexOf("mitarbeiter", "cardholder", "employee");

    public int Purpose => IndexOf("verwendungszweck", "description", "purpose");

    /// <summary>The first line that names the columns which every statement has; null when there is none.</summary>
    public static StatementHeader? FindIn(string[] lines) =>
        lines.Take(MostLinesBefore)
            .SelectMany((line, index) => Separators.Select(separator => Split(line, index + 1, separator)))
            .FirstOrDefault(header => header is { Date: >= 0, Merchant: >= 0, Number: >= 0, Amount: >= 0 });

    private static StatementHeader Split(string line, int number, char separator) =>
        new(number, separator, [.. line.Split(separator).Select(text => text.Trim(' ', '"'))]);

    private int IndexOf(params string[] names) =>
        Array.FindIndex(Columns, column => names.Contains(column, StringComparer.OrdinalIgnoreCase));
}
