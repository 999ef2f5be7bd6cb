using System.Globalization;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>What the engine counts of itself, from its metrics page.</summary>
internal static class EngineMetrics
{
    /// <summary>Commits so far: one fsync each.</summary>
    public static async Task<double> CommitsAsync(string httpAddress)
    {
        using var http = new HttpClient();
        var page = await http.GetStringAsync(new Uri($"http://{httpAddress}/metrics"));
        return page.Split('\n')
            .Where(line => line.StartsWith("persistence_requests", StringComparison.Ordinal))
            .Sum(line => double.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
