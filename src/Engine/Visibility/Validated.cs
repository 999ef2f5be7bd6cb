using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Visibility;

/// <summary>
/// Either a value or why there is none. Wrong queries and attributes are expected, so they never throw.
/// </summary>
internal readonly struct Validated<T>
    where T : class
{
    private readonly T? _value;
    private readonly Rejection? _rejection;

    private Validated(T? value, Rejection? rejection)
    {
        _value = value;
        _rejection = rejection;
    }

    public static implicit operator Validated<T>(T value) => new(value, null);

    public static implicit operator Validated<T>(Rejection rejection) => new(null, rejection);

    public bool TryGet([NotNullWhen(true)] out T? value, [NotNullWhen(false)] out Rejection? rejection)
    {
        value = _value;
        rejection = value is null ? _rejection ?? Rejection.InvalidArgument("nothing was decided") : null;
        return value is not null;
    }
}
