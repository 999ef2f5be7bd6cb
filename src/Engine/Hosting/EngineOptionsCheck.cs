using System.Net;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Hosting.DynamicConfig;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Whether an engine can run as its options say. Finds all mistakes at once.</summary>
internal static class EngineOptionsCheck
{
    private const int MaxPort = 65_535;
    private static readonly TimeSpan MinRetention = TimeSpan.FromHours(1);
    private static readonly TimeSpan MaxDrain = TimeSpan.FromHours(1);

    /// <exception cref="EngineStartException">Something is wrong; the message has a line for each mistake.</exception>
    public static void ThrowIfWrong(WorkflowEngineOptions options)
    {
        var mistakes = Find(options).ToList();
        if (mistakes.Count > 0)
        {
            throw new EngineStartException(
                "The engine's options are wrong:" + string.Concat(mistakes.Select(line => $"{Environment.NewLine}  {line}")));
        }
    }

    private static IEnumerable<string> Find(WorkflowEngineOptions options) =>
    [
        .. options.Mistakes,
        .. FindInAddresses(options),
        .. FindInNames(options),
        .. FindInTimes(options),
        .. options.SqlitePragmas.Select(DatabasePragmas.Problem).OfType<string>(),
        .. FindInLimits(options),
        .. SecurityOptionsCheck.Find(options),
        .. DynamicConfigReading.Of(EngineLimits.Default, options.DynamicConfig).Mistakes,
    ];

    private static IEnumerable<string> FindInAddresses(WorkflowEngineOptions options)
    {
        if (options.DatabasePath.Length == 0)
        {
            yield return "DatabasePath is empty: give a file, or :memory: to keep nothing.";
        }

        if (!IPAddress.TryParse(options.Ip, out _))
        {
            yield return $"Ip is '{options.Ip}': give an address like 127.0.0.1, 0.0.0.0 or ::1, not a host name.";
        }

        (string Name, int? Port)[] ports =
        [
            (nameof(options.Port), options.Port),
            (nameof(options.HttpPort), options.HttpPort),
            (nameof(options.MetricsPort), options.MetricsPort),
        ];
        foreach (var (name, port) in ports.Where(pair => pair.Port is < 0 or > MaxPort))
        {
            yield return $"{name} is {port}: give 1 to {MaxPort}, or 0 for a free port.";
        }

        foreach (var same in ports.Where(pair => pair.Port is > 0).GroupBy(pair => pair.Port).Where(same => same.Count() > 1))
        {
            var names = string.Join(" and ", same.Select(pair => pair.Name));
            yield return $"{names} are {(same.Count() == 2 ? "both" : "all")} {same.Key}: give each its own.";
        }
    }

    private static IEnumerable<string> FindInNames(WorkflowEngineOptions options)
    {
        foreach (var name in options.Namespaces)
        {
            if (name.Length == 0)
            {
                yield return "Namespaces has an empty name: leave it out.";
            }
            else if (Lengths.Exceeds(name))
            {
                yield return $"Namespaces has a name of {name.Length} characters: give at most 1000 bytes.";
            }
        }

        foreach (var (name, type) in options.SearchAttributes)
        {
            if (ConfiguredNamespaces.TypeOf(type) == IndexedValueType.Unspecified)
            {
                yield return $"SearchAttributes gives {name} the type '{type}': "
                    + "give Text, Keyword, Int, Double, Bool, Datetime or KeywordList.";
            }
        }

        if (CheckCatalog(options) is { } problem)
        {
            yield return $"SearchAttributes: {problem}";
        }
    }

    private static string? CheckCatalog(WorkflowEngineOptions options)
    {
        var typed = options.SearchAttributes
            .Select(pair => KeyValuePair.Create(pair.Key, ConfiguredNamespaces.TypeOf(pair.Value)))
            .Where(pair => pair.Value != IndexedValueType.Unspecified)
            .ToList();
        return typed.Count == 0 || SearchAttributeCatalog.Empty.Add(typed).TryGet(out _, out var refusal)
            ? null
            : refusal.Message;
    }

    private static IEnumerable<string> FindInLimits(WorkflowEngineOptions options)
    {
        var most = EngineLimits.Default.HistoryCountError;
        if (options.SuggestContinueAsNewAfterEvents < 1 || options.SuggestContinueAsNewAfterEvents > most)
        {
            yield return $"SuggestContinueAsNewAfterEvents is {options.SuggestContinueAsNewAfterEvents}: "
                + $"give 1 to {most}, the length at which a run is terminated.";
        }
    }

    private static IEnumerable<string> FindInTimes(WorkflowEngineOptions options)
    {
        if (options.Retention < MinRetention)
        {
            yield return $"Retention is {options.Retention}: give at least an hour (1:00:00).";
        }

        if (options.DrainTimeout < TimeSpan.Zero || options.DrainTimeout > MaxDrain)
        {
            yield return $"DrainTimeout is {options.DrainTimeout}: give 0 to an hour.";
        }
    }
}
