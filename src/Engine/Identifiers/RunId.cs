using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine;

/// <summary>One run of a workflow: a UUID on the wire.</summary>
internal readonly record struct RunId(Guid Value)
{
    public static bool TryParse([NotNullWhen(true)] string? text, out RunId run)
    {
        var parsed = Guid.TryParse(text, out var value);
        run = new RunId(value);
        return parsed;
    }

    public static RunId Parse(string text) => new(Guid.Parse(text));

    public override string ToString() => Value.ToString("D");
}
