using Temporalio.Api.Nexus.V1;

namespace AugmentedOS.Engine.Nexus.Wire;

/// <summary>The header <c>Nexus-Link</c>: <c>&lt;address&gt;; type="message"</c>, several with commas between them.
/// </summary>
internal static class LinkHeader
{
    public static string Format(Link link) => $"<{link.Url}>; type=\"{link.Type}\"";

    /// <summary>False when a value is not of that form.</summary>
    public static bool TryParse(IEnumerable<string> values, out List<Link> links)
    {
        links = [];
        var joined = string.Join(",", values);
        if (joined.Length == 0)
        {
            return true;
        }

        foreach (var part in joined.Split(','))
        {
            if (Parse(part.Trim()) is not { } link)
            {
                return false;
            }

            links.Add(link);
        }

        return true;
    }

    private static Link? Parse(string text)
    {
        var end = text.IndexOf('>', StringComparison.Ordinal);
        if (!text.StartsWith('<') || end < 2 || !Uri.TryCreate(text[1..end].Trim(), UriKind.Absolute, out _))
        {
            return null;
        }

        var parameters = text[(end + 1)..].Split(';');
        if (parameters.Length < 2 || parameters[0].Trim().Length > 0)
        {
            return null;
        }

        string? type = null;
        foreach (var parameter in parameters.Skip(1))
        {
            var pair = parameter.Split('=', 2);
            if (pair.Length != 2)
            {
                return null;
            }

            var value = pair[1].Trim();
            if (value.StartsWith('"') != value.EndsWith('"'))
            {
                return null;
            }

            if (pair[0].Trim() == "type")
            {
                type = value.Trim('"');
            }
        }

        var isType = type is { Length: > 0 }
            && type.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or '/');
        return isType ? new Link { Url = text[1..end].Trim(), Type = type } : null;
    }
}
