namespace AugmentedOS.Cli.Server;

/// <summary>Arguments of the form <c>KEY=VALUE</c>.</summary>
/// <param name="Problem">What is wrong with one of them, word for word; null when nothing is.</param>
internal sealed record Pairs(IReadOnlyList<KeyValuePair<string, string>> Values, string? Problem)
{
    public static Pairs Of(string[]? arguments)
    {
        var values = new List<KeyValuePair<string, string>>();
        foreach (var argument in arguments ?? [])
        {
            var at = argument.IndexOf('=', StringComparison.Ordinal);
            if (at < 0)
            {
                return new Pairs([], $"missing expected '=' in \"{argument}\"");
            }

            values.Add(KeyValuePair.Create(argument[..at], argument[(at + 1)..]));
        }

        return new Pairs(values, null);
    }

    /// <summary>Of a key given twice the last value counts.</summary>
    public void CopyTo(IDictionary<string, string> target)
    {
        foreach (var (key, value) in Values)
        {
            target[key] = value;
        }
    }
}
