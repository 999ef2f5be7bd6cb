using System.Text.Json;

namespace AugmentedOS.Workflows.Debouncing;

/// <summary>What a <see cref="DebounceWorkflow"/> is started with.</summary>
/// <param name="Options">When to act.</param>
/// <param name="Target">The activity; its one argument is the list of items.</param>
/// <param name="Carried">Null at the start; the workflow's own on continue-as-new.</param>
public sealed record DebounceInput(
    DebounceOptions Options, ActionTarget Target, DebouncerState<JsonElement>? Carried = null);
