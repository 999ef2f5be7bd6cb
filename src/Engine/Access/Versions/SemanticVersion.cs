using System.Globalization;

namespace AugmentedOS.Engine.Access.Versions;

/// <summary>A version by the rules of semver.org: three numbers, perhaps a pre-release, perhaps a build, which does not
/// count.</summary>
internal sealed record SemanticVersion(ulong Major, ulong Minor, ulong Patch, string PreRelease) : IComparable<SemanticVersion>
{
    /// <summary>Null when the text is no version.</summary>
    public static SemanticVersion? Parse(string text)
    {
        var core = text.Split('+', 2)[0];
        var parts = core.Split('-', 2);
        var numbers = parts[0].Split('.');
        var preRelease = parts.Length == 2 ? parts[1] : "";
        return numbers.Length == 3
            && Number(numbers[0]) is { } major
            && Number(numbers[1]) is { } minor
            && Number(numbers[2]) is { } patch
            && (parts.Length == 1 || preRelease.Split('.').All(IsIdentifier))
            ? new SemanticVersion(major, minor, patch, preRelease)
            : null;
    }

    public int CompareTo(SemanticVersion? other)
    {
        if (other is null)
        {
            return 1;
        }

        var byNumbers = (Major, Minor, Patch).CompareTo((other.Major, other.Minor, other.Patch));
        return byNumbers != 0 ? byNumbers : ComparePreRelease(PreRelease, other.PreRelease);
    }

    private static ulong? Number(string text) =>
        (text.Length == 1 || !text.StartsWith('0'))
        && ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : null;

    private static bool IsIdentifier(string text) =>
        text.Length > 0 && text.All(character => char.IsAsciiLetterOrDigit(character) || character == '-');

    /// <summary>A release comes after its pre-releases; numbers come before words.</summary>
    private static int ComparePreRelease(string left, string right)
    {
        if (left.Length == 0 || right.Length == 0)
        {
            return (left.Length == 0).CompareTo(right.Length == 0);
        }

        var (a, b) = (left.Split('.'), right.Split('.'));
        for (var n = 0; n < a.Length && n < b.Length; n++)
        {
            var order = (Number(a[n]), Number(b[n])) switch
            {
                ({ } x, { } y) => x.CompareTo(y),
                ({ }, null) => -1,
                (null, { }) => 1,
                _ => string.CompareOrdinal(a[n], b[n]),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return a.Length.CompareTo(b.Length);
    }
}
