using System.Text.Json;

namespace AugmentedOS.Workflows.Waiting;

/// <summary>How another workflow ended.</summary>
/// <param name="Kind">How.</param>
/// <param name="Result">What it completed with, as JSON; null where it did not, or has no result.</param>
/// <param name="Failure">Why it failed or was terminated; null else.</param>
public sealed record WorkflowEnd(WorkflowEndKind Kind, JsonElement? Result = null, string? Failure = null)
{
    /// <summary>The result.</summary>
    /// <exception cref="InvalidOperationException">It did not complete.</exception>
    /// <exception cref="JsonException">The result is of another type.</exception>
    public T? ResultAs<T>() => Kind != WorkflowEndKind.Completed
        ? throw new InvalidOperationException(
            $"There is no result: the workflow ended as {Kind}{(Failure is null ? "" : $" ({Failure})")}. Look at "
            + "Kind first.")
        : Result is { } json ? json.Deserialize<T>(JsonSerializerOptions.Web) : default;
}
