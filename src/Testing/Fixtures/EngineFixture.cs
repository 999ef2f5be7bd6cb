using AugmentedOS.Testing.Engines;
using AugmentedOS.Testing.Workers;
using Temporalio.Client;
using Temporalio.Worker;
using Xunit;

namespace AugmentedOS.Testing.Fixtures;

/// <summary>One engine for several tests, for xunit v3: as a class fixture, a collection fixture or an assembly
/// fixture.
/// </summary>
/// <remarks>
/// <para>An engine in memory starts in milliseconds, so that nearly every test should have its own
/// (<see cref="WorkflowTest.StartAsync"/>). Share one that is slow to start, such as one in a process of its own:
/// derive a class with <c>: EngineFixture(TestEngine.InProcess(path))</c>.</para>
/// <para>Each test has a task queue of its own and lists only its own runs. Time is the engine's: tests of one class or
/// one collection follow one another and are safe; tests that run side by side on an assembly's fixture move time for
/// each other.</para>
/// </remarks>
public class EngineFixture : IAsyncLifetime
{
    private readonly TestEngine _recipe;
    private IRunningEngine? _running;

    /// <summary>An engine in memory.</summary>
    public EngineFixture()
        : this(TestEngine.InMemory())
    {
    }

    /// <param name="engine">Which engine the tests share.</param>
    protected EngineFixture(TestEngine engine) => _recipe = engine;

    /// <summary>The shared engine, for <see cref="WorkflowTestOptions.Engine"/>.</summary>
    /// <exception cref="WorkflowTestException">The fixture is not started: xunit does not know it.</exception>
    public TestEngine Engine => _running is { } running
        ? new SharedEngine(running)
        : throw new WorkflowTestException(
            $"{GetType().Name} is not started. Let xunit do it: class OrderTests({GetType().Name} engine) : "
            + $"IClassFixture<{GetType().Name}>, or [assembly: AssemblyFixture(typeof({GetType().Name}))].");

    /// <summary>Starts a test on the shared engine: <see cref="WorkflowTest.StartAsync"/>.</summary>
    public Task<WorkflowTest> StartTestAsync(
        Action<TemporalWorkerOptions> worker, WorkflowTestOptions? options = null) =>
        WorkflowTest.StartAsync(worker, (options ?? new WorkflowTestOptions()) with { Engine = Engine });

    /// <summary>Starts the engine; xunit calls it.</summary>
    public async ValueTask InitializeAsync() => _running = await _recipe.StartAsync(
        new TemporalClientConnectOptions { Runtime = QuietRuntime.Instance }).ConfigureAwait(false);

    /// <summary>Stops the engine; xunit calls it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_running is { } running)
        {
            _running = null;
            await running.DisposeAsync().ConfigureAwait(false);
        }

        GC.SuppressFinalize(this);
    }
}
