using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>Turns the texts of a draft into a receipt, or says what a bookkeeper would object to.</summary>
internal sealed class DraftCheck(TimeProvider time)
{
    public ExtractionResult Check(ReceiptDraft draft)
    {
        var missing = MissingFields(draft);
        if (missing.Count > 0)
        {
            var (fields, verb) = (string.Join(" and the ", missing), missing.Count == 1 ? "is" : "are");
            return Reject(draft, RejectionCode.MissingField, $"The {fields} {verb} missing.");
        }

        return CheckDate(draft) ?? CheckAmount(draft, DateText.Parse(draft.Date!).Date);
    }

    private static List<string> MissingFields(ReceiptDraft draft)
    {
        List<(string? Text, string Name)> required =
        [
            (draft.Merchant, "merchant"), (draft.Number, "receipt number"), (draft.Date, "date"),
            (draft.Total, "total"), (draft.CostCentre, "cost centre"),
        ];
        return [.. required.Where(field => string.IsNullOrWhiteSpace(field.Text)).Select(field => field.Name)];
    }

    private ExtractionResult? CheckDate(ReceiptDraft draft)
    {
        var (reading, date) = DateText.Parse(draft.Date!);
        return reading switch
        {
            DateReading.Unreadable =>
                Reject(draft, RejectionCode.UnreadableDate, $"The date “{draft.Date}” cannot be read."),
            DateReading.Impossible =>
                Reject(draft, RejectionCode.ImpossibleDate, $"There is no such day as {draft.Date}."),
            DateReading.Read when date > Today() =>
                Reject(draft, RejectionCode.FutureDate, $"The date {date:yyyy-MM-dd} lies in the future."),
            _ => null,
        };
    }

    private static ExtractionResult CheckAmount(ReceiptDraft draft, DateOnly date)
    {
        var currency = (draft.Currency ?? Currencies.FindIn(draft.Total!))?.Trim();
        if (string.IsNullOrEmpty(currency))
        {
            return Reject(draft, RejectionCode.MissingField, $"The total “{draft.Total}” names no currency.");
        }

        if (!Currencies.IsKnown(currency))
        {
            return Reject(draft, RejectionCode.UnknownCurrency, $"“{currency}” is not a currency that we know.");
        }

        if (AmountText.Parse(draft.Total!, currency) is not { } total)
        {
            return Reject(draft, RejectionCode.UnreadableAmount, $"The total “{draft.Total}” is not an amount.");
        }

        if (total.MinorUnits <= 0)
        {
            const string Reason = "The total is not above zero. Credit notes are booked by hand.";
            return Reject(draft, RejectionCode.NegativeTotal, Reason);
        }

        return ExtractionResult.Of(
            new Receipt
            {
                Merchant = draft.Merchant!.Trim(),
                Number = draft.Number!.Trim(),
                Date = date,
                Total = total,
                CostCentre = draft.CostCentre!.Trim(),
                Employee = NullIfBlank(draft.Employee),
                Purpose = NullIfBlank(draft.Purpose),
            },
            draft.Line);
    }

    private static ExtractionResult Reject(ReceiptDraft draft, RejectionCode code, string reason) =>
        ExtractionResult.Rejected(code, reason, draft.Line);

    private static string? NullIfBlank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <remarks>The latest date that it is anywhere on Earth: a receipt from Auckland is not from the future.</remarks>
    private DateOnly Today() => DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime.AddHours(14));
}
