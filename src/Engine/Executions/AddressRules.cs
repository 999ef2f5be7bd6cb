using System.Collections.Immutable;

namespace AugmentedOS.Engine.Executions;

/// <summary>The addresses that callbacks may be sent to, besides the engine itself; in the order of
/// <c>callback.allowedAddresses</c>, the first that matches decides.</summary>
internal sealed record AddressRules(ImmutableArray<AddressRule> Rules)
{
    public static AddressRules None { get; } = new([]);

    /// <summary>Why nothing may be sent there, word for word; null when it may.</summary>
    public string? Problem(Uri address)
    {
        foreach (var rule in Rules)
        {
            if (HostPatterns.Matches(rule.Pattern, address.Authority))
            {
                return rule.AllowInsecure || address.Scheme == Uri.UriSchemeHttps
                    ? null
                    : $"invalid url: callback address does not allow insecure connections: {address.OriginalString}";
            }
        }

        return $"invalid url: url does not match any configured callback address: {address.OriginalString}";
    }

    public bool Equals(AddressRules? other) => other is not null && Rules.SequenceEqual(other.Rules);

    public override int GetHashCode() => Rules.Length;
}
