using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Temporalio.Client;
using Temporalio.Testing;

namespace AugmentedOS.Engine.Hosting.Environments;

/// <summary>An engine of one's own for one test, in this process and in memory, whose time is skipped while a workflow's
/// result is awaited. Starts and stops in milliseconds; many may run side by side.</summary>
/// <remarks>
/// It is the official SDK's <see cref="WorkflowEnvironment"/>: <see cref="WorkflowEnvironment.Client"/> is connected,
/// <see cref="DelayAsync(TimeSpan, CancellationToken?)"/> lets the engine's time pass, and disposing it stops the engine.
/// Everything that an engine has works under skipped time.
/// </remarks>
public sealed class EngineEnvironment : WorkflowEnvironment
{
    private readonly EngineCore _core;
    private readonly WorkflowEngineService _service;
    private readonly ResultWaits _waits;

    private EngineEnvironment(
        EngineCore core, WorkflowEngineService service, ResultWaits waits, ITemporalClient client)
        : base(client)
    {
        _core = core;
        _service = service;
        _waits = waits;
    }

    /// <inheritdoc/>
    public override bool SupportsTimeSkipping => _core.Clocks.Skipping is not null;

    /// <summary>Where the engine listens, as <c>host:port</c>, for workers and clients of other processes.</summary>
    public string Address => _service.Address!;

    /// <summary>Starts an engine and connects a client.</summary>
    /// <param name="configure">Changes the engine's options: in memory, on a free port, with
    /// <see cref="TimeSkipping.Locked"/> time and a retention of ten years, so that skipping deletes nothing.</param>
    /// <param name="client">The client's options; target host and lazy connection are the environment's.</param>
    /// <exception cref="EngineStartException">The options are wrong.</exception>
    public static async Task<EngineEnvironment> StartAsync(
        Action<WorkflowEngineOptions>? configure = null, TemporalClientConnectOptions? client = null)
    {
        var options = new WorkflowEngineOptions
        {
            DatabasePath = WorkflowEngineOptions.InMemory,
            Port = 0,
            Retention = TimeSpan.FromDays(3650),
            TimeSkipping = TimeSkipping.Locked,
        };
        configure?.Invoke(options);
        var connect = client is null ? new TemporalClientConnectOptions() : (TemporalClientConnectOptions)client.Clone();
        if (!options.Namespaces.Contains(connect.Namespace))
        {
            options.Namespaces.Add(connect.Namespace);
        }

        var logs = client?.LoggerFactory ?? NullLoggerFactory.Instance;
        var machine = new SteadyClock(EngineClock.System);
        var core = new EngineCore(options, machine, logs);
        var service = new WorkflowEngineService(core, machine, logs, logs.CreateLogger<WorkflowEngineService>());
        try
        {
            await service.StartAsync(CancellationToken.None).ConfigureAwait(false);
            var waits = new ResultWaits(core.Clocks.Skipping);
            connect.TargetHost = service.Address;
            connect.Interceptors = [.. connect.Interceptors ?? [], waits];
            return new EngineEnvironment(
                core, service, waits, await TemporalClient.ConnectAsync(connect).ConfigureAwait(false));
        }
        catch
        {
            await service.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>Lets this much of the engine's time pass, skipping what can be skipped.</summary>
    /// <exception cref="InvalidOperationException">Time is unlocked already: it skips by itself.</exception>
    public override async Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null)
    {
        if (_core.Clocks.Skipping is not { } clock)
        {
            await base.DelayAsync(delay, cancellationToken).ConfigureAwait(false);
        }
        else if (!await clock.TrySleepUnlockedAsync(delay, cancellationToken ?? default).ConfigureAwait(false))
        {
            await clock.SleepAsync(delay, cancellationToken ?? default).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task<DateTime> GetCurrentTimeAsync() =>
        Task.FromResult(_core.Clocks.Workflows.GetUtcNow().UtcDateTime);

    /// <inheritdoc/>
    public override Task<T> WithAutoTimeSkippingDisabledAsync<T>(Func<Task<T>> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return _waits.WithoutSkippingAsync(func);
    }

    /// <inheritdoc/>
    public override async Task ShutdownAsync()
    {
        await _service.StopAsync(CancellationToken.None).ConfigureAwait(false);
        await _service.DisposeAsync().ConfigureAwait(false);
    }
}
