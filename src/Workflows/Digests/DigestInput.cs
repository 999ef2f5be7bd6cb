using System.Text.Json;
using AugmentedOS.Workflows.Debouncing;

namespace AugmentedOS.Workflows.Digests;

/// <summary>What a <see cref="DigestWorkflow"/> is started with.</summary>
/// <param name="Schedule">When to send.</param>
/// <param name="Target">The activity that sends; its one argument is a <see cref="Digest{T}"/>.</param>
/// <param name="MaxItems">How many items one digest holds; more are counted. 1 to 5,000.</param>
/// <param name="Carried">Null at the start; the workflow's own on continue-as-new.</param>
/// <param name="DueAt">Null at the start; the workflow's own on continue-as-new.</param>
public sealed record DigestInput(
    DigestSchedule Schedule,
    ActionTarget Target,
    int MaxItems = 500,
    Digest<JsonElement>? Carried = null,
    DateTime? DueAt = null);
