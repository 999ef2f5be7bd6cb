using AugmentedOS.Pilot.Receipts;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>What was found in a file: receipts, rejections, or both where a statement has good and bad lines.</summary>
internal sealed record ExtractionResult(IReadOnlyList<ExtractedReceipt> Receipts, IReadOnlyList<Rejection> Rejections)
{
    public static ExtractionResult Of(Receipt receipt, int? line = null) =>
        new([new ExtractedReceipt(receipt, line)], []);

    public static ExtractionResult Rejected(RejectionCode code, string reason, int? line = null) =>
        new([], [new Rejection(code, reason, line)]);

    public static ExtractionResult Together(IEnumerable<ExtractionResult> parts)
    {
        var all = parts.ToList();
        return new ExtractionResult(
            [.. all.SelectMany(part => part.Receipts)], [.. all.SelectMany(part => part.Rejections)]);
    }
}

/// <summary>A receipt and where in its file it stands.</summary>
internal sealed record ExtractedReceipt(Receipt Receipt, int? Line);
