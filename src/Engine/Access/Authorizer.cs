using AugmentedOS.Engine.Access.Methods;

namespace AugmentedOS.Engine.Access;

/// <summary>Whether somebody may call a method. What is not granted is denied, and so is a method that has no class.
/// </summary>
internal static class Authorizer
{
    /// <param name="method">Null for one that nobody has classified.</param>
    /// <param name="principal">Null for somebody who proved nothing.</param>
    public static bool Allows(MethodProfile? method, string ns, Principal? principal)
    {
        if (method?.Access == AccessLevel.Open)
        {
            return true;
        }

        if (method is null || principal is null)
        {
            return false;
        }

        var held = method.Scope == MethodScope.Cluster ? principal.Grants.System : principal.Grants.In(ns);
        return method.Access switch
        {
            AccessLevel.Open => true,
            AccessLevel.Read => held >= Role.Reader,
            AccessLevel.ReadForWork => held >= Role.Worker,
            AccessLevel.Work => held >= Role.Writer || held.HasFlag(Role.Worker),
            AccessLevel.Write => held >= Role.Writer,
            AccessLevel.Admin => held >= Role.Admin,
            _ => throw new InvalidOperationException($"There is no class {method.Access}."),
        };
    }
}
