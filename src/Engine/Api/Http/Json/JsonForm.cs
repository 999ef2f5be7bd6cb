namespace AugmentedOS.Engine.Api.Http.Json;

/// <summary>How messages look as JSON.</summary>
/// <param name="IsPretty">On lines of their own, with two spaces for each level.</param>
/// <param name="HasShorthand">Payloads as the JSON values that they hold, where that loses nothing.</param>
internal readonly record struct JsonForm(bool IsPretty, bool HasShorthand)
{
    public static JsonForm Default { get; } = new(false, true);

    public static JsonForm Full { get; } = new(false, false);

    /// <summary>The media type that asks for this form and announces it.</summary>
    public string MediaType => (IsPretty, HasShorthand) switch
    {
        (false, true) => "application/json",
        (true, true) => "application/json+pretty",
        (false, false) => "application/json+no-payload-shorthand",
        (true, false) => "application/json+pretty+no-payload-shorthand",
    };

    /// <summary>The form that a media type names; null when it names none.</summary>
    public static JsonForm? Of(string? mediaType) => mediaType?.Split(';')[0].Trim() switch
    {
        "application/json" => new(false, true),
        "application/json+pretty" => new(true, true),
        "application/json+no-payload-shorthand" => new(false, false),
        "application/json+pretty+no-payload-shorthand" => new(true, false),
        _ => null,
    };
}
