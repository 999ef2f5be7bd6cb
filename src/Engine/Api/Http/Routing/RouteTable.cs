namespace AugmentedOS.Engine.Api.Http.Routing;

/// <summary>From a path to the RPC behind it. Literal segments win over fields.</summary>
internal sealed class RouteTable(IReadOnlyCollection<HttpBinding> bindings)
{
    private readonly RouteNode _root = new(bindings);

    /// <summary>Finds the binding of a path.</summary>
    /// <param name="path">The path's segments, unescaped.</param>
    /// <param name="isKnown">Whether the path exists, if only for other verbs.</param>
    public HttpBinding? Find(string verb, IReadOnlyList<string> path, out bool isKnown)
    {
        isKnown = false;
        foreach (var node in _root.Find(path))
        {
            isKnown = true;
            if (node.For(verb) is { } binding)
            {
                return binding;
            }
        }

        return null;
    }
}
