using System.Security.Cryptography;
using AugmentedOS.Pilot.Desk;
using AugmentedOS.Pilot.Extraction;
using AugmentedOS.Pilot.Workflows;
using Temporalio.Activities;

namespace AugmentedOS.Pilot.Activities;

/// <summary>Reads files of the inbox and opens the claims found in them.</summary>
internal sealed class IntakeActivities(ReceiptExtractor extractor, ExpenseDesk desk)
{
    [Activity]
    public ExtractionResult ReadFile(ReviewRequest request)
    {
        var result = Read(request);
        var reviewId = request.WorkflowId;
        desk.Open(
            reviewId,
            request.Name,
            [
                .. result.Receipts.Select((found, index) => new ClaimRecord(
                    ClaimId.OfReceipt(reviewId, index), request.Name, found.Line, Print(found), ClaimStage.Extracted)),
                .. result.Rejections.Select((rejection, index) => new ClaimRecord(
                    ClaimId.OfRejection(reviewId, index), request.Name, rejection.Line, "—", ClaimStage.Extracted)),
            ]);
        return result;
    }

    private ExtractionResult Read(ReviewRequest request)
    {
        if (!File.Exists(request.Path))
        {
            return ExtractionResult.Rejected(
                RejectionCode.Vanished, "The file was taken out of the inbox before it was read.");
        }

        var content = File.ReadAllBytes(request.Path);
        return Convert.ToHexStringLower(SHA256.HashData(content)) == request.ContentHash
            ? extractor.Read(request.Name, content)
            : ExtractionResult.Rejected(
                RejectionCode.Vanished, "The file was changed after it was received; the new content is a new file.");
    }

    private static string Print(ExtractedReceipt found) =>
        $"{found.Receipt.Merchant} {found.Receipt.Number}, {found.Receipt.Total}";
}
