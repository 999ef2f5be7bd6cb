namespace AugmentedOS.Pilot.Extraction;

/// <summary>The words that merchants print before a field, in English and German.</summary>
internal static class Labels
{
    public static readonly string[] Number =
    [
        "invoice number", "invoice no", "receipt number", "receipt no", "booking reference", "order number",
        "rechnungsnummer", "rechnungsnr", "rechnung nr", "belegnummer", "beleg-nr", "bestellnummer", "reference",
    ];

    public static readonly string[] Date =
    [
        "date of issue", "invoice date", "order date", "issued", "date",
        "rechnungsdatum", "bestelldatum", "datum", "buchungstag",
    ];

    public static readonly string[] Total =
    [
        "amount due", "total paid", "total charged", "order total", "grand total", "total", "amount",
        "gesamtbetrag", "gesamtsumme", "summe", "betrag",
    ];

    public static readonly string[] Currency = ["currency", "währung"];

    public static readonly string[] Merchant = ["merchant", "händler"];

    public static readonly string[] CostCentre = ["cost centre", "cost center", "ihre kostenstelle", "kostenstelle"];

    public static readonly string[] Employee =
    [
        "billed to", "passenger", "traveller", "employee", "ordered by", "cardholder",
        "gast", "besteller", "mitarbeiter",
    ];

    public static readonly string[] Purpose =
        ["purpose", "reason", "verwendungszweck", "anlass", "zweck"];

    private static readonly string[] All =
        [.. Number, .. Date, .. Total, .. Currency, .. Merchant, .. CostCentre, .. Employee, .. Purpose];

    /// <summary>Whether a text is nothing but one of the labels: it can then not be the value of another one.</summary>
    public static bool IsLabel(string text) =>
        All.Any(label => TextAfter(text, label) is { Length: 0 });

    /// <summary>What follows the label in a text that begins with it; null when it does not.</summary>
    public static string? TextAfter(string text, string label)
    {
        if (!text.StartsWith(label, StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var rest = text[label.Length..];
        var ends = rest.Length == 0 || rest[0] is ':' or '.' or '#' || char.IsWhiteSpace(rest[0]);
        return ends ? rest.Trim(' ', '\u00a0', '\t', ':', '.', '#') : null;
    }
}
