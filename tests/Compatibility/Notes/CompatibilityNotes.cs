using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Reflection;

namespace AugmentedOS.Compatibility.Notes;

/// <summary>Notes what the engines of a test assembly really did: the RPCs that they answered, the commands they carried
/// out, the events they wrote. It reads their metrics, so that nothing in the engine knows of it.</summary>
/// <remarks>Written at the assembly's end into the folder that <c>AOS_COMPATIBILITY_NOTES</c> names; without it nothing is
/// noted. A line each: <c>rpc NAME</c>, <c>command TYPE</c>, <c>event TYPE</c>.</remarks>
public sealed class CompatibilityNotes : IAsyncDisposable
{
    /// <summary>The variable that names the folder of a whole run's notes.</summary>
    public const string FolderVariable = "AOS_COMPATIBILITY_NOTES";

    private readonly string? _folder = Environment.GetEnvironmentVariable(FolderVariable);
    private readonly MeterListener _listener = new();
    private readonly ConcurrentDictionary<string, long> _counts = new(StringComparer.Ordinal);

    public CompatibilityNotes()
    {
        if (string.IsNullOrEmpty(_folder))
        {
            return;
        }

        _listener.InstrumentPublished = static (instrument, self) =>
        {
            if (instrument.Name is "service_latency" or "service_error_with_type" or "command" or "history_events"
                || instrument.Name == "service_requests")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, _, tags, _) => Note(instrument.Name, tags));
        _listener.SetMeasurementEventCallback<double>((instrument, _, tags, _) => Note(instrument.Name, tags));
        _listener.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        if (string.IsNullOrEmpty(_folder))
        {
            return;
        }

        var lines = _counts.Keys.Where(IsEvidence).Order(StringComparer.Ordinal);
        await File.WriteAllLinesAsync(
            Path.Combine(_folder, Assembly.GetEntryAssembly()!.GetName().Name + ".notes"), lines);
    }

    /// <summary>A call is evidence when it was answered more often than it was refused: once at least with OK.</summary>
    private bool IsEvidence(string line) =>
        !line.StartsWith("refused ", StringComparison.Ordinal)
        && (!line.StartsWith("rpc ", StringComparison.Ordinal)
            || _counts[line] > _counts.GetValueOrDefault("refused " + line["rpc ".Length..]));

    private void Note(string instrument, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var line = instrument switch
        {
            "service_latency" => "rpc " + Tag(tags, "operation"),
            "service_error_with_type" => "refused " + Tag(tags, "operation"),
            "command" => "command " + Tag(tags, "commandType"),
            "history_events" => "event " + Tag(tags, "event_type"),
            _ => null,
        };
        if (line is not null)
        {
            _counts.AddOrUpdate(line, 1, static (_, count) => count + 1);
        }
    }

    private static string Tag(ReadOnlySpan<KeyValuePair<string, object?>> tags, string name)
    {
        foreach (var (key, value) in tags)
        {
            if (key == name)
            {
                return value?.ToString() ?? "";
            }
        }

        return "";
    }
}
