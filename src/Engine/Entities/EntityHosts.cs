using AugmentedOS.Engine.Runtime;

namespace AugmentedOS.Engine.Entities;

/// <summary>All hosts of an engine: starts, reloads and stops them together.</summary>
internal sealed class EntityHosts : IDisposable
{
    private readonly CommitQueue _commits;
    private readonly List<IEntityHost> _hosts = [];

    public EntityHosts(EntityServices services)
    {
        Services = services;
        _commits = services.Commits;
        _commits.GenerationChanged += Reload;
    }

    /// <summary>What new hosts are made of.</summary>
    public EntityServices Services { get; }

    /// <summary>Adds a kind. Before <see cref="Start"/>.</summary>
    public EntityHost<TState> Add<TState>(EntityType<TState> type, IEntityEffects effects)
        where TState : class, IEntityState
    {
        if (_hosts.Any(host => host.Kind == type.Kind))
        {
            throw new InvalidOperationException($"There is a host of {type.Kind} already.");
        }

        var added = new EntityHost<TState>(type, Services, effects);
        _hosts.Add(added);
        return added;
    }

    public void Start() => _hosts.ForEach(host => host.Start());

    /// <summary>Removes the entities of a deleted namespace.</summary>
    public void RemoveAll(NamespaceId ns) => _hosts.ForEach(host => host.RemoveAll(ns));

    /// <summary>Ends the hosts' work. Later inputs are refused; what was accepted is queued for the disk.</summary>
    public Task StopAsync()
    {
        var stopping = new List<Task>();
        foreach (var host in _hosts)
        {
            var stopped = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            host.Stop(stopped.SetResult);
            stopping.Add(stopped.Task);
        }

        return Task.WhenAll(stopping);
    }

    public void Dispose()
    {
        _commits.GenerationChanged -= Reload;
        _hosts.ForEach(host => host.Dispose());
    }

    private void Reload(int generation) => _hosts.ForEach(host => host.Reload(generation));
}
