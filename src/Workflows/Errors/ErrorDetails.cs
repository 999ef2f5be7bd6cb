using System.Text.Json.Serialization;

namespace AugmentedOS.Workflows.Errors;

/// <summary>The first detail of a failure of the taxonomy, as JSON in history: <c>{"code": …, "userMessage": …}</c>.
/// Workers of other languages write and read the same.</summary>
/// <param name="Code">A stable word for programs, <c>order.unknown</c>.</param>
/// <param name="UserMessage">What a user may read; null where only the kind's own sentence is to be shown.</param>
public sealed record ErrorDetails(
    [property: JsonPropertyName("code")] string? Code,
    [property: JsonPropertyName("userMessage")] string? UserMessage);
