using System.Collections.Concurrent;
using System.Reflection;
using Temporalio.Activities;

namespace AugmentedOS.Workflows.Resilience;

/// <summary>The dependencies of a process with the state of their circuits and limits: make one, and give it to each
/// worker.
/// </summary>
/// <remarks>Thread safe once all dependencies are added. Measured by the meter <see cref="MeterName"/>:
/// <c>aos.dependency.circuit</c> (0 closed, 1 half open, 2 open, 3 isolated), <c>aos.dependency.calls</c>,
/// <c>aos.dependency.rejections</c>, <c>aos.dependency.circuit.opened</c>.</remarks>
public sealed class Dependencies : IDisposable
{
    /// <summary>The meter's name.</summary>
    public const string MeterName = "AugmentedOS.Workflows.Resilience";

    private readonly Dictionary<string, DependencyPipeline> _pipelines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _byActivity = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<MethodInfo, string?> _byMethod = new();
    private readonly DependencyInstruments _instruments;
    private readonly TimeProvider _clock;

    /// <summary>No dependencies yet.</summary>
    /// <param name="clock">Measures samples and breaks; the system's when null.</param>
    public Dependencies(TimeProvider? clock = null)
    {
        _clock = clock ?? TimeProvider.System;
        _instruments = new(() => _pipelines.Select(pipeline => (pipeline.Key, pipeline.Value.Health)));
    }

    /// <summary>The names of all dependencies.</summary>
    public IReadOnlyCollection<string> Names => _pipelines.Keys;

    /// <summary>Adds a dependency. Add all of them before a worker starts.</summary>
    /// <exception cref="ArgumentException">The name is empty or taken, an activity depends on another already, or an
    /// option is out of its range; the message says which and what to do.</exception>
    public Dependencies Add(string name, Action<DependencyOptions>? configure = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (_pipelines.ContainsKey(name))
        {
            throw new ArgumentException(
                $"The dependency \"{name}\" was added before: add it once, with all its options.", nameof(name));
        }

        var options = new DependencyOptions();
        configure?.Invoke(options);
        if (options.Fault() is { } fault)
        {
            throw new ArgumentException($"The dependency \"{name}\" cannot be added: {fault}.", nameof(configure));
        }

        foreach (var activity in options.Activities)
        {
            if (!_byActivity.TryAdd(activity, name))
            {
                throw new ArgumentException(
                    $"The activity \"{activity}\" depends on \"{_byActivity[activity]}\" already: name it in the "
                    + "options of one dependency.",
                    nameof(configure));
            }
        }

        _pipelines.Add(name, new(name, options, _clock, _instruments));
        return this;
    }

    /// <summary>What a dependency's circuit lets through in this process.</summary>
    /// <exception cref="ArgumentException">There is no such dependency.</exception>
    public CircuitHealth Health(string name) => Get(name).Health;

    /// <summary>Lets nothing through to a dependency in this process until <see cref="CloseAsync"/>: for its
    /// maintenance. Activities wait in their retries meanwhile.</summary>
    /// <exception cref="ArgumentException">There is no such dependency.</exception>
    public Task IsolateAsync(string name, CancellationToken cancellationToken = default) =>
        Get(name).IsolateAsync(cancellationToken);

    /// <summary>Closes a circuit that is isolated or open.</summary>
    /// <exception cref="ArgumentException">There is no such dependency.</exception>
    public Task CloseAsync(string name, CancellationToken cancellationToken = default) =>
        Get(name).CloseAsync(cancellationToken);

    /// <summary>Ends measuring and limits. Call it after the workers have ended.</summary>
    public void Dispose()
    {
        _instruments.Dispose();
        foreach (var pipeline in _pipelines.Values)
        {
            pipeline.Dispose();
        }
    }

    /// <summary>What the activity runs through, or null where it depends on nothing that was named.</summary>
    /// <exception cref="InvalidOperationException">It names a dependency that was not added.</exception>
    internal DependencyPipeline? Of(ActivityDefinition activity)
    {
        var name = (activity.Name is { } type ? _byActivity.GetValueOrDefault(type) : null)
            ?? (activity.MethodInfo is { } method ? _byMethod.GetOrAdd(method, NamedBy) : null);
        return name is null ? null
            : _pipelines.TryGetValue(name, out var pipeline) ? pipeline
            : throw new InvalidOperationException(
                $"The activity \"{activity.Name}\" depends on \"{name}\", which was not added; {Known()}. Add it with "
                    + $"Dependencies.Add(\"{name}\"), or mend the name in its [Dependency].");
    }

    private static string? NamedBy(MethodInfo method) =>
        (method.GetCustomAttribute<DependencyAttribute>()
            ?? method.DeclaringType?.GetCustomAttribute<DependencyAttribute>())?.Name;

    private DependencyPipeline Get(string name) => _pipelines.TryGetValue(name, out var pipeline)
        ? pipeline
        : throw new ArgumentException($"There is no dependency \"{name}\"; {Known()}.", nameof(name));

    private string Known() => _pipelines.Count == 0
        ? "none were added"
        : $"there are {string.Join(", ", _pipelines.Keys.Order(StringComparer.Ordinal).Select(name => $"\"{name}\""))}";
}
