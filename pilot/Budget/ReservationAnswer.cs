using System.Text.Json.Serialization;

namespace AugmentedOS.Pilot.Budget;

[JsonConverter(typeof(JsonStringEnumConverter<ReservationAnswer>))]
internal enum ReservationAnswer
{
    Reserved,

    /// <summary>The budget does not hold that much any more.</summary>
    Exhausted,

    UnknownCostCentre,

    /// <summary>The key was released before: whoever asked has given up.</summary>
    Released,
}
