using AugmentedOS.Engine.Namespaces;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.ErrorDetails.V1;

namespace AugmentedOS.Engine.Api.Checks;

/// <summary>From a request's namespace to the namespace, if it may be used.</summary>
internal sealed class NamespaceGate(INamespaceDirectory namespaces)
{
    private static readonly NamespaceState[] Usable = [NamespaceState.Registered, NamespaceState.Deprecated];
    private static readonly NamespaceState[] Startable = [NamespaceState.Registered];

    /// <summary>For every call but starts: a deprecated namespace goes on with what it has.</summary>
    public Rejection? Enter(string name, out NamespaceInfo ns) => Enter(name, Usable, out ns);

    /// <summary>For calls that start a workflow.</summary>
    public Rejection? EnterToStart(string name, out NamespaceInfo ns) => Enter(name, Startable, out ns);

    /// <summary>For calls with a task token: its namespace stands in where the request names none.</summary>
    public Rejection? Enter(string name, NamespaceId tokenNamespace, out NamespaceInfo ns)
    {
        if (name.Length > 0)
        {
            return Enter(name, out ns)
                ?? (IsOf(ns, tokenNamespace)
                    ? null
                    : Rejection.InvalidArgument("Operation requested with a token from a different namespace."));
        }

        return namespaces.TryFind(tokenNamespace, out ns!)
            ? CheckState(ns, Usable)
            : Rejection.NamespaceNotFound(tokenNamespace.ToString());
    }

    /// <summary>Whether a token was given out in a namespace, or in one of the spaces beside its workflows.</summary>
    private bool IsOf(NamespaceInfo ns, NamespaceId tokenNamespace) =>
        ns.Id == tokenNamespace
        || (namespaces.TryFind(tokenNamespace, out var owner) && owner.Id == ns.Id);

    private Rejection? Enter(string name, NamespaceState[] allowed, out NamespaceInfo ns)
    {
        ns = null!;
        if (name.Length == 0)
        {
            return Rejection.InvalidArgument("Namespace is not set on request.");
        }

        if (Lengths.Exceeds(name))
        {
            return Rejection.InvalidArgument("Namespace length exceeds limit.");
        }

        return namespaces.TryFind(name, out ns!) ? CheckState(ns, allowed) : Rejection.NamespaceNotFound(name);
    }

    private static Rejection? CheckState(NamespaceInfo ns, NamespaceState[] allowed)
    {
        if (Array.IndexOf(allowed, ns.State) >= 0)
        {
            return null;
        }

        var detail = new NamespaceInvalidStateFailure { Namespace = ns.Name, State = ns.State };
        detail.AllowedStates.AddRange(allowed);
        return new Rejection(
            StatusCode.FailedPrecondition,
            $"Namespace has invalid state: {ns.State}. Must be {string.Join(" or ", allowed)}.",
            detail);
    }
}
