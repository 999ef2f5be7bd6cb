using System.Text.RegularExpressions;

namespace AugmentedOS.Engine.Access.Tokens;

/// <summary>What a token must say, and where it says what its holder may do.</summary>
/// <param name="Audience">Null when any will do.</param>
/// <param name="Issuer">Null when any will do.</param>
/// <param name="PermissionsClaim">The claim with the list of permissions.</param>
/// <param name="PermissionPattern">How a permission is read: groups <c>namespace</c> and <c>role</c>. Null for
/// <c>namespace:role</c>.</param>
internal sealed record TokenRules(string? Audience, string? Issuer, string PermissionsClaim, Regex? PermissionPattern)
{
    public Grants GrantsOf(IEnumerable<string> permissions) => PermissionPattern is null
        ? Grants.Of(permissions)
        : Grants.Of(permissions.Select(text => PermissionPattern.Match(text)).Where(match => match.Success)
            .Select(match => (match.Groups["namespace"].Value, match.Groups["role"].Value)));
}
