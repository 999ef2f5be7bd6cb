using System.Collections.Frozen;

namespace AugmentedOS.Engine.Access;

/// <summary>The roles that somebody holds: in the whole engine, and in single namespaces.</summary>
internal sealed record Grants(Role System, FrozenDictionary<string, Role> Namespaces)
{
    /// <summary>The namespace that stands for the whole engine.</summary>
    public const string SystemNamespace = "temporal-system";

    public static Grants None { get; } = new(Role.None, FrozenDictionary<string, Role>.Empty);

    /// <summary>The roles held in a namespace, those in the whole engine included.</summary>
    public Role In(string ns) => System | (ns.Length == 0 ? Role.None : Namespaces.GetValueOrDefault(ns));

    /// <summary>Reads permissions of the form <c>namespace:role</c>. What has another form, or an unknown role, grants
    /// nothing.</summary>
    public static Grants Of(IEnumerable<string> permissions) => Of(permissions.Select(Split).OfType<(string, string)>());

    public static Grants Of(IEnumerable<(string Namespace, string Role)> permissions)
    {
        var system = Role.None;
        var namespaces = new Dictionary<string, Role>(StringComparer.Ordinal);
        foreach (var (ns, name) in permissions)
        {
            var role = RoleOf(name);
            if (ns == SystemNamespace)
            {
                system |= role;
            }
            else
            {
                namespaces[ns] = namespaces.GetValueOrDefault(ns) | role;
            }
        }

        return new Grants(system, namespaces.ToFrozenDictionary(StringComparer.Ordinal));
    }

    /// <summary>Null when a permission is not <c>namespace:role</c> with a role that there is.</summary>
    public static string? Problem(string permission) => Split(permission) is not var (ns, role)
        ? $"'{permission}' is not NAMESPACE:ROLE"
        : ns.Length == 0 || RoleOf(role) == Role.None
            ? $"'{permission}' has no namespace or no role: roles are read, write, worker and admin"
            : null;

    private static (string Namespace, string Role)? Split(string permission) =>
        permission.IndexOf(':', StringComparison.Ordinal) is >= 0 and var at
            ? (permission[..at], permission[(at + 1)..])
            : null;

    private static Role RoleOf(string name) => name.ToLowerInvariant() switch
    {
        "worker" => Role.Worker,
        "read" => Role.Reader,
        "write" => Role.Writer,
        "admin" => Role.Admin,
        _ => Role.None,
    };
}
