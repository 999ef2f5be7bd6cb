using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Calls;
using AugmentedOS.Engine.Nexus.Endpoints;
using AugmentedOS.Engine.Nexus.Tasks;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.TaskQueues;

namespace AugmentedOS.Engine.Nexus;

/// <summary>The running parts of Nexus, wired.</summary>
internal sealed class NexusServices : IDisposable
{
    /// <summary>How much is read of an answer: the largest payload, and what stands around it.</summary>
    private const int MaxBodyMargin = 1024 * 1024;

    private readonly Lazy<HttpMessageInvoker> _client;
    private readonly NexusCaller _caller;

    /// <param name="client">Makes requests to servers elsewhere; null for one of its own.</param>
    public NexusServices(
        IJournal journal,
        IExecutions executions,
        TaskMatcher matcher,
        INamespaceDirectory namespaces,
        EngineLimits limits,
        IIdSource ids,
        TimeProvider time,
        string clusterId,
        HttpMessageInvoker? client = null,
        IMeterFactory? meters = null)
    {
        _client = client is null ? new(NewClient) : new(client);
        Instruments = new NexusInstruments(meters);
        Directory = new NexusEndpointDirectory(journal.Entities(EntityKind.NexusEndpoint).Select(Read));
        Dispatcher = new NexusDispatcher(matcher, ids, time);
        Receiver = new CompletionReceiver(executions, namespaces, limits);
        var http = new NexusHttp(_client, time, limits.BlobSizeError + MaxBodyMargin);
        _caller = new NexusCaller(
            executions,
            Directory,
            new WorkerTransport(Dispatcher, namespaces, clusterId, limits, time),
            new HttpTransport(http, namespaces, limits, time, () => OwnAddress),
            new SystemTransport(executions, namespaces),
            new CompletionSender(Receiver, http, namespaces, limits, time, Instruments),
            limits,
            time,
            Instruments);
    }

    public NexusInstruments Instruments { get; }

    public NexusEndpointDirectory Directory { get; }

    public INexusEndpoints Endpoints => Directory;

    public NexusDispatcher Dispatcher { get; }

    public CompletionReceiver Receiver { get; }

    public INexusCaller Caller => _caller;

    /// <summary>Where this engine takes completions over HTTP: the base of an address; null without a port for that.
    /// </summary>
    public string? OwnAddress { get; set; }

    /// <summary>Refuses what waits for a worker, and reports nothing more.</summary>
    public void Stop()
    {
        _caller.Stop();
        Dispatcher.EndAll();
    }

    public void Dispose()
    {
        Stop();
        if (_client.IsValueCreated)
        {
            _client.Value.Dispose();
        }

        Instruments.Dispose();
    }

    private static HttpMessageInvoker NewClient() => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    });

    private static NexusEndpoint Read(StoredEntity stored)
    {
        var source = new ByteSource(stored.State.Span);
        return new NexusEndpointType().Decode(stored.Key, stored.Version, ref source);
    }
}
