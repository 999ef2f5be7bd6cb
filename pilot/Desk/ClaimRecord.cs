using System.Text.Json.Serialization;

namespace AugmentedOS.Pilot.Desk;

/// <summary>How far a claim is. The last four are final.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ClaimStage>))]
internal enum ClaimStage
{
    Extracted,
    Waiting,
    Posted,
    Duplicate,
    Rejected,
    Failed,
}

/// <summary>One receipt that somebody wants paid, or a line that could not become one.</summary>
/// <param name="Id">The id of its workflow.</param>
/// <param name="File">The file it came in.</param>
/// <param name="Line">Where in the file, if the file holds several.</param>
/// <param name="Receipt">Merchant, number and total for the eye.</param>
/// <param name="Stage">How far it is.</param>
/// <param name="Cents">The amount in euro cents once it is known.</param>
/// <param name="Reason">Why it ended where it did.</param>
internal sealed record ClaimRecord(
    string Id, string File, int? Line, string Receipt, ClaimStage Stage, long? Cents = null, string? Reason = null);

/// <param name="Files">How many files were read.</param>
/// <param name="ByStage">How many claims are at each stage.</param>
internal sealed record DeskCounts(int Files, IReadOnlyDictionary<ClaimStage, int> ByStage)
{
    public int At(ClaimStage stage) => ByStage.GetValueOrDefault(stage);
}
