using AugmentedOS.Engine.Hosting;
using Microsoft.Extensions.Configuration;
using Temporalio.Client;
using Temporalio.Testing;

namespace AugmentedOS.Testing.Engines;

/// <summary>Which engine a test runs on: a recipe, from which each test starts its own.</summary>
public abstract class TestEngine
{
    /// <summary>Names an <c>aos</c> executable: then <see cref="Default"/> is an engine in a process of its
    /// own.</summary>
    private const string ExecutableVariable = "AOS_TEST_ENGINE";

    private protected TestEngine()
    {
    }

    /// <summary>What a test runs on that does not say: in memory or, where the environment variable
    /// <c>AOS_TEST_ENGINE</c> is the path of an <c>aos</c> executable, in another process, so that a whole suite runs
    /// once more over the wire.</summary>
    /// <remarks>Such a process is slow to start. Tests have it one after the other, each alone and in a namespace of
    /// its own; its time goes on from one to the next.</remarks>
    public static TestEngine Default => Executable is { } executable
        ? new LentEngine(EngineLending.Of(executable))
        : InMemory();

    private static string? Executable =>
        Environment.GetEnvironmentVariable(ExecutableVariable) is { Length: > 0 } executable ? executable : null;

    /// <summary>As <see cref="Default"/>, with settings of the engine; in another process it is one of the test's
    /// own.</summary>
    /// <param name="settings">By their names in the engine's configuration, without its section:
    /// <c>SuggestContinueAsNewAfterEvents</c>, <c>DynamicConfig:limit.blobSize.error</c>.</param>
    /// <remarks>What is set in code (<see cref="InMemory(Action{WorkflowEngineOptions})"/>) reaches no other
    /// process.</remarks>
    public static TestEngine DefaultWith(IReadOnlyDictionary<string, string> settings)
    {
        ArgumentNullException.ThrowIfNull(settings);
        return Executable is { } executable
            ? new ProcessEngine(executable, settings)
            : InMemory(
                options => Configured(settings).Bind(options, binder => binder.ErrorOnUnknownConfiguration = true));
    }

    /// <summary>An engine in this process that keeps everything in memory and skips time.</summary>
    public static TestEngine InMemory() => new InMemoryEngine(configure: null);

    /// <summary>An engine in this process that keeps everything in memory and skips time, with options of the
    /// test's.</summary>
    /// <param name="configure">Changes the engine's options: search attributes, limits, namespaces, or time that is not
    /// skipped (<see cref="TimeSkipping.Off"/>).</param>
    public static TestEngine InMemory(Action<WorkflowEngineOptions> configure) => new InMemoryEngine(configure);

    /// <summary>An engine in this process with a file of its own, which is deleted with it. It skips time, and
    /// <see cref="WorkflowTest.CrashEngineAsync"/> opens it again on its file.</summary>
    /// <remarks>In one process there is no true kill: the engine stops, which ends all calls in flight, and what it had
    /// acknowledged is on disk. Use <see cref="InProcess"/> to have one killed by the system.</remarks>
    public static TestEngine InFile() => new InFileEngine(configure: null);

    /// <summary>As <see cref="InFile()"/>, with options of the test's.</summary>
    /// <param name="configure">Changes the engine's options; file and port are the test's business.</param>
    public static TestEngine InFile(Action<WorkflowEngineOptions> configure) => new InFileEngine(configure);

    /// <summary>An engine in a process of its own, with a file that is deleted with it. It skips time, and
    /// <see cref="WorkflowTest.CrashEngineAsync"/> kills it (SIGKILL) and starts another on the file.</summary>
    /// <param name="executable">The path of <c>aos</c>.</param>
    public static TestEngine InProcess(string executable)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(executable);
        return new ProcessEngine(executable, new Dictionary<string, string>());
    }

    /// <summary>An environment that somebody else started and will stop: a development server, a cluster, an engine
    /// that several tests share. The test adds its worker, on a task queue of its own.</summary>
    /// <remarks>Tests that run side by side on one engine share its time.</remarks>
    public static TestEngine Of(WorkflowEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        return new BorrowedEngine(environment);
    }

    private static IConfiguration Configured(IReadOnlyDictionary<string, string> settings) => new ConfigurationBuilder()
        .AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value)))
        .Build();

    internal abstract Task<IRunningEngine> StartAsync(TemporalClientConnectOptions client);
}
