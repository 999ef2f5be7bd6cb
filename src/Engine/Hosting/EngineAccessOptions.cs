namespace AugmentedOS.Engine.Hosting;

/// <summary>Who may call, and what. With any of <see cref="TokenKeys"/>, <see cref="ApiKeys"/> and
/// <see cref="Certificates"/>, calls without a grant are denied.</summary>
/// <remarks>Permissions are <c>NAMESPACE:ROLE</c>; roles are <c>read</c>, <c>worker</c>, <c>write</c> and <c>admin</c>; the
/// namespace <c>temporal-system</c> stands for the whole engine.</remarks>
public sealed class EngineAccessOptions
{
    /// <summary>Where the keys are that JSON web tokens are signed with: addresses of key sets (JWKS) that begin with
    /// <c>https:</c>, <c>http:</c> or <c>file:</c>.</summary>
    public IList<string> TokenKeys { get; } = [];

    /// <summary>How often the key sets are read again; they also are when a token names an unknown key. At least a
    /// second. Default: an hour.</summary>
    public TimeSpan TokenKeysRefresh { get; set; } = TimeSpan.FromHours(1);

    /// <summary>Whom tokens must be meant for; null for anybody.</summary>
    public string? TokenAudience { get; set; }

    /// <summary>Who must have issued them; null for anybody.</summary>
    public string? TokenIssuer { get; set; }

    /// <summary>The claim that lists the permissions. Default: <c>permissions</c>.</summary>
    public string PermissionsClaim { get; set; } = "permissions";

    /// <summary>How a permission in a token is read, if not as <c>NAMESPACE:ROLE</c>: a regular expression with the groups
    /// <c>namespace</c> and <c>role</c>.</summary>
    public string? PermissionPattern { get; set; }

    /// <summary>API keys: name to <c>sha256:HASH PERMISSION ...</c>. <c>aos key create</c> makes them.</summary>
    public IDictionary<string, string> ApiKeys { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Client certificates: subject or common name to <c>PERMISSION ...</c>. They need
    /// <see cref="EngineTlsOptions.ClientCaFile"/>.</summary>
    public IDictionary<string, string> Certificates { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Whether everybody who reaches it may use an engine that listens to other machines.</summary>
    public bool AllowUnauthenticated { get; set; }

    /// <summary>Whether callers must prove who they are.</summary>
    internal bool IsOn => TokenKeys.Count > 0 || ApiKeys.Count > 0 || Certificates.Count > 0;
}
