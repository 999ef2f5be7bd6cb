using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Visibility;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>What operators watch of lists and counts, under the names that a Temporal server's dashboards know.</summary>
/// <remarks>A server's visibility is a store of its own, and its writes are counted here too; this one's commit with the
/// transition, and are in the metrics of the writer.</remarks>
internal sealed class VisibilityInstruments
{
    private static readonly KeyValuePair<string, object?> Plugin = new("visibility_plugin_name", "sqlite");
    private static readonly KeyValuePair<string, object?> Index = new("visibility_index_name", "_unknown_");

    private readonly TimeProvider _time;
    private readonly Counter<long> _requests;
    private readonly Counter<long> _errors;
    private readonly Counter<long> _errorsByType;
    private readonly Histogram<double> _latency;

    public VisibilityInstruments(IMeterFactory factory, TimeProvider time)
    {
        _time = time;
        var meter = factory.Create(new MeterOptions("AugmentedOS.Engine.Visibility"));
        _requests = meter.CreateCounter<long>("visibility_persistence_requests", description: "Lists and counts.");
        _errors = meter.CreateCounter<long>(
            "visibility_persistence_errors", description: "Lists and counts that failed because of the disk.");
        _errorsByType = meter.CreateCounter<long>(
            "visibility_persistence_error_with_type", description: "Lists and counts that were refused or failed.");
        _latency = meter.CreateHistogram<double>(
            "visibility_persistence_latency", "s", "How long lists and counts took, in seconds.");
    }

    /// <summary>Asks the store, and measures it if anybody looks.</summary>
    public Validated<T> Measure<T>(string operation, Func<Validated<T>> ask)
        where T : class
    {
        if (!_requests.Enabled && !_latency.Enabled)
        {
            return ask();
        }

        KeyValuePair<string, object?> tag = new("operation", operation);
        var began = _time.GetTimestamp();
        _requests.Add(1, tag, Plugin, Index);
        try
        {
            var answer = ask();
            if (!answer.TryGet(out _, out var rejection))
            {
                _errorsByType.Add(1, tag, Plugin, Index, new("error_type", ErrorTypes.Of(rejection)));
            }

            return answer;
        }
        catch (JournalException)
        {
            _errorsByType.Add(1, tag, Plugin, Index, new("error_type", "serviceerror_Unavailable"));
            _errors.Add(1, tag, Plugin, Index);
            throw;
        }
        finally
        {
            _latency.Record(_time.GetElapsedTime(began).TotalSeconds, tag, Plugin, Index);
        }
    }
}
