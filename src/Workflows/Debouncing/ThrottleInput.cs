using System.Text.Json;

namespace AugmentedOS.Workflows.Debouncing;

/// <summary>What a <see cref="ThrottleWorkflow"/> is started with.</summary>
/// <param name="Options">How much passes.</param>
/// <param name="Target">The activity; its one argument is the item.</param>
/// <param name="Carried">Null at the start; the workflow's own on continue-as-new.</param>
public sealed record ThrottleInput(
    ThrottleOptions Options, ActionTarget Target, ThrottleState<JsonElement>? Carried = null);
