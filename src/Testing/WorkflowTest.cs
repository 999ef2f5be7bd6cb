using AugmentedOS.Testing.Activities;
using AugmentedOS.Testing.Engines;
using AugmentedOS.Testing.Faults;
using AugmentedOS.Testing.Replay;
using AugmentedOS.Testing.Time;
using AugmentedOS.Testing.Workers;
using Temporalio.Client;
using Temporalio.Testing;
using Temporalio.Worker;

namespace AugmentedOS.Testing;

/// <summary>One test's engine and worker: started with one call, in milliseconds, and gone with the test.</summary>
/// <remarks>
/// <para>It is the official SDK's <see cref="WorkflowEnvironment"/>. Time stands still, apart from passing by itself,
/// until the test waits for a result or an update, or lets it pass with <see cref="WorkflowEnvironment.DelayAsync(int,
/// CancellationToken?)"/>; then it jumps from timer to timer: of workflows, children, retries and schedules.</para>
/// <para>When the test is over, all runs that its worker had a part in are replayed; a history that the code does not
/// replay fails the test, and so does a workflow task that failed.</para>
/// <para>Many tests may run side by side, each with its own. One of them is not meant for several threads.</para>
/// </remarks>
public sealed partial class WorkflowTest : WorkflowEnvironment
{
    private readonly IRunningEngine _engine;
    private readonly TemporalWorkerOptions _workerOptions;
    private readonly WorkflowTestOptions _options;
    private readonly EngineTime _time;
    private readonly Trouble _trouble;
    private readonly WorkflowRuns _runs;
    private readonly ActivityBook _activities;
    private readonly Deliveries _deliveries;
    private TestWorker? _worker;
    private bool _isOver;

    private WorkflowTest(
        IRunningEngine engine,
        TemporalWorkerOptions workerOptions,
        WorkflowTestOptions options,
        EngineTime time,
        Trouble trouble,
        WorkflowRuns runs,
        ActivityBook activities,
        Deliveries deliveries)
        : base(engine.Client)
    {
        _engine = engine;
        _workerOptions = workerOptions;
        _options = options;
        _time = time;
        _trouble = trouble;
        _runs = runs;
        _activities = activities;
        _deliveries = deliveries;
    }

    /// <summary>The task queue that the test's worker serves; no other worker does.</summary>
    public string TaskQueue => _workerOptions.TaskQueue!;

    /// <inheritdoc/>
    public override bool SupportsTimeSkipping => _time.CanSkip;

    /// <summary>Starts an engine, connects a client, and starts a worker.</summary>
    /// <param name="worker">Adds workflows and activities, with the SDK's own options: <c>worker =>
    /// worker.AddWorkflow&lt;OrderWorkflow&gt;().AddAllActivities(new Payments())</c>. What it leaves open is chosen
    /// for a test: a task queue of its own, heartbeats that are sent at once.</param>
    /// <exception cref="WorkflowTestException">The worker has nothing to work on.</exception>
    public static async Task<WorkflowTest> StartAsync(
        Action<TemporalWorkerOptions> worker, WorkflowTestOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(worker);
        options ??= new WorkflowTestOptions();
        var workerOptions = new TemporalWorkerOptions();
        worker(workerOptions);
        ThrowIfIdle(workerOptions);
        var time = new EngineTime();
        var trouble = new Trouble();
        var runs = new WorkflowRuns();
        var activities = new ActivityBook(time, trouble);
        WorkerSetup.Complete(workerOptions, $"test-{Guid.NewGuid():N}");
        runs.Watch(workerOptions);
        activities.JoinWorker(workerOptions);
        new Arrivals(time).JoinWorker(workerOptions);
        if (!options.ToleratesFailedTasks)
        {
            WorkerSetup.Watch(workerOptions, trouble);
        }

        var connect = (TemporalClientConnectOptions)options.Client.Clone();
        var deliveries = new Deliveries();
        connect.Interceptors = [new Waits(time, trouble), deliveries, .. connect.Interceptors ?? []];
        connect.Runtime ??= QuietRuntime.Instance;
        connect.Identity ??= "test";   // golden histories name no machine
        var engine = await options.Engine.StartAsync(connect).ConfigureAwait(false);
        time.Use(engine.Client.Connection, engine.SkipsTime);
        var test = new WorkflowTest(engine, workerOptions, options, time, trouble, runs, activities, deliveries);
        try
        {
            await test.StartWorkerAsync().ConfigureAwait(false);
            return test;
        }
        catch
        {
            await engine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <inheritdoc/>
    public override Task DelayAsync(TimeSpan delay, CancellationToken? cancellationToken = null) =>
        _time.DelayAsync(delay, cancellationToken ?? default);

    /// <inheritdoc/>
    public override Task<DateTime> GetCurrentTimeAsync() => _time.NowAsync();

    /// <inheritdoc/>
    public override Task<T> WithAutoTimeSkippingDisabledAsync<T>(Func<Task<T>> func)
    {
        ArgumentNullException.ThrowIfNull(func);
        return _time.StandingStillAsync(func);
    }

    /// <summary>Ends the test: stops the worker, checks what <see cref="VerifyAsync"/> checks, stops the engine.
    /// Disposing does the same.</summary>
    /// <exception cref="WorkflowTestException">A workflow task failed, or a history does not replay.</exception>
    public override async Task ShutdownAsync()
    {
        if (_isOver)
        {
            return;
        }

        _isOver = true;
        try
        {
            await StopWorkerAsync().ConfigureAwait(false);
            await VerifyAsync().ConfigureAwait(false);
        }
        finally
        {
            await _engine.DisposeAsync().ConfigureAwait(false);
            _trouble.Dispose();
        }
    }

    /// <summary>Checks at once what is otherwise checked when the test is over: that no workflow task failed, and that
    /// each run replays.</summary>
    /// <exception cref="WorkflowTestException">It is not so.</exception>
    public async Task VerifyAsync()
    {
        _trouble.ThrowIfReported();
        if (_options.Replays)
        {
            await new RunReplay(_workerOptions, Client).VerifyAsync(_runs.All).ConfigureAwait(false);
        }
    }

    private static void ThrowIfIdle(TemporalWorkerOptions options)
    {
        if (options.Workflows.Count + options.Activities.Count + options.NexusServices.Count == 0)
        {
            throw new WorkflowTestException(
                "The test's worker has nothing to work on. Add what is tested: "
                + "WorkflowTest.StartAsync(worker => worker.AddWorkflow<OrderWorkflow>().AddAllActivities(new "
                + "Payments())).");
        }
    }
}
