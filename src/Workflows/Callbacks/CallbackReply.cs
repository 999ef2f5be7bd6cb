using System.Text.Json;

namespace AugmentedOS.Workflows.Callbacks;

/// <summary>What the inbox hands to the workflow.</summary>
/// <param name="RequestId">To which question.</param>
/// <param name="Value">The reply as JSON; null where it failed.</param>
/// <param name="Failure">Why the external system could not; null where it could.</param>
internal sealed record CallbackReply(string RequestId, JsonElement? Value, string? Failure);
