using System.Globalization;
using System.Text.Json;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>Reads the JSON export of a till, which may hold several receipts, and checks its sums.</summary>
internal sealed class TillReader(DraftCheck check) : IReceiptReader
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public FileKind Kind => FileKind.Till;

    public ExtractionResult Read(byte[] content)
    {
        if (Parse(content) is not { } export)
        {
            return ExtractionResult.Rejected(
                RejectionCode.Damaged, "The till export is incomplete or damaged. Please export it again.");
        }

        if (export.Receipts is not { Count: > 0 } receipts)
        {
            return ExtractionResult.Rejected(RejectionCode.NoText, "The till export holds no receipts.");
        }

        return ExtractionResult.Together(
            receipts.Select((receipt, index) => Read(export.Merchant, receipt, LineOf(index, receipts.Count))));
    }

    /// <summary>A receipt that is alone in its file needs no number to be found again.</summary>
    private static int? LineOf(int index, int count) => count == 1 ? null : index + 1;

    private static TillExport? Parse(byte[] content)
    {
        try
        {
            return JsonSerializer.Deserialize<TillExport>(content, Json);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private ExtractionResult Read(TillMerchant? merchant, TillReceipt receipt, int? line)
    {
        if (receipt is { Lines: { Count: > 0 } lines, Totals.Gross: { } gross })
        {
            var sum = lines.Sum(item => item.Quantity * (item.UnitPrice?.Amount ?? 0));
            if (sum != gross.Amount)
            {
                return ExtractionResult.Rejected(
                    RejectionCode.TotalMismatch,
                    $"The lines add up to {Print(sum, receipt.Totals.Exponent)} {gross.Currency}, "
                    + $"but the total says {Print(gross.Amount, receipt.Totals.Exponent)}.",
                    line);
            }
        }

        return check.Check(DraftOf(merchant, receipt, line));
    }

    private static ReceiptDraft DraftOf(TillMerchant? merchant, TillReceipt receipt, int? line) => new()
    {
        Merchant = merchant?.Name,
        Number = receipt.ReceiptNumber,
        Date = receipt.ClosedAt?.Split('T')[0],
        Total = receipt.Totals is { Gross: { } gross } totals ? Print(gross.Amount, totals.Exponent) : null,
        Currency = receipt.Totals?.Gross?.Currency,
        CostCentre = receipt.Customer?.Reference?.CostCentre,
        Employee = receipt.Customer?.Name,
        Purpose = receipt.Customer?.Reference?.Purpose,
        Line = line,
    };

    private static string Print(long minorUnits, int exponent)
    {
        var scale = exponent switch { 0 => 1m, 3 => 1000m, _ => 100m };
        return (minorUnits / scale).ToString(exponent == 0 ? "F0" : "F2", CultureInfo.InvariantCulture);
    }
}
