using System.Text.Json.Serialization;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>Why a file, or one line of a statement, cannot become a receipt; in words for a bookkeeper.</summary>
/// <param name="Code">The kind of problem, for counting and filtering.</param>
/// <param name="Reason">A full sentence that says what is wrong and, where there is one, what to do about it.</param>
/// <param name="Line">The line of a statement, or the position within a till export; null for a whole file.</param>
internal sealed record Rejection(RejectionCode Code, string Reason, int? Line = null);

[JsonConverter(typeof(JsonStringEnumConverter<RejectionCode>))]
internal enum RejectionCode
{
    Empty,
    TooLarge,
    WrongKind,
    Damaged,
    Locked,
    NoText,
    NotAStatement,
    MissingField,
    UnreadableAmount,
    UnknownCurrency,
    UnreadableDate,
    ImpossibleDate,
    FutureDate,
    NegativeTotal,
    TotalMismatch,
    Vanished,
}
