namespace AugmentedOS.Engine.Api.Http.Routing;

/// <summary>A request's path in segments, unescaped one by one: an id may hold a slash, written <c>%2F</c>.</summary>
internal static class RequestPath
{
    public static IReadOnlyList<string> Segments(string target)
    {
        var end = target.AsSpan().IndexOfAny('?', '#');
        var path = end < 0 ? target : target[..end];
        if (!path.StartsWith('/') && Uri.TryCreate(path, UriKind.Absolute, out var whole))
        {
            path = whole.AbsolutePath;
        }

        return [.. path.TrimStart('/').Split('/').Select(Uri.UnescapeDataString)];
    }
}
