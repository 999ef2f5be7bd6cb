using System.Collections.Frozen;

namespace AugmentedOS.Engine.Api.Http.Routing;

/// <summary>One segment's place in the tree of paths: what may follow, and what ends here.</summary>
internal sealed class RouteNode
{
    private readonly FrozenDictionary<string, RouteNode> _literals;
    private readonly FrozenDictionary<string, HttpBinding> _verbs;
    private readonly RouteNode? _field;

    /// <param name="bindings">Those that share the first <paramref name="depth"/> segments.</param>
    public RouteNode(IReadOnlyCollection<HttpBinding> bindings, int depth = 0)
    {
        _verbs = bindings.Where(binding => binding.Path.Segments.Count == depth)
            .ToFrozenDictionary(binding => binding.Verb, StringComparer.Ordinal);
        var longer = bindings.Where(binding => binding.Path.Segments.Count > depth).ToList();
        _literals = longer.Where(binding => !binding.Path.Segments[depth].IsField)
            .GroupBy(binding => binding.Path.Segments[depth].Name, StringComparer.Ordinal)
            .ToFrozenDictionary(same => same.Key, same => new RouteNode([.. same], depth + 1), StringComparer.Ordinal);
        var fields = longer.Where(binding => binding.Path.Segments[depth].IsField).ToList();
        _field = fields.Count == 0 ? null : new RouteNode(fields, depth + 1);
    }

    /// <summary>All nodes where the path ends; those with more literal segments come first.</summary>
    public IEnumerable<RouteNode> Find(IReadOnlyList<string> path, int depth = 0)
    {
        if (depth == path.Count)
        {
            return _verbs.Count == 0 ? [] : [this];
        }

        var byText = _literals.TryGetValue(path[depth], out var literal) ? literal.Find(path, depth + 1) : [];
        return _field is null || path[depth].Length == 0 ? byText : byText.Concat(_field.Find(path, depth + 1));
    }

    public HttpBinding? For(string verb) => _verbs.GetValueOrDefault(verb);
}
