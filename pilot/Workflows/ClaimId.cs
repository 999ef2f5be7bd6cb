namespace AugmentedOS.Pilot.Workflows;

/// <summary>Ids that follow from the file's id, so that a step that is repeated finds what it did before.</summary>
internal static class ClaimId
{
    public static string OfReceipt(string reviewId, int index) => $"{reviewId}/{index + 1}";

    public static string OfRejection(string reviewId, int index) => $"{reviewId}/rejected-{index + 1}";
}
