using AugmentedOS.Testing;
using AugmentedOS.Testing.Engines;
using Temporalio.Client;
using Temporalio.Worker;

namespace AugmentedOS.Workflows.Tests;

/// <summary>An engine with one worker, for one test. When the test is through, each run that it made is
/// replayed.</summary>
/// <remarks>The engine is the kit's default, so that <c>AOS_TEST_ENGINE</c> moves it into another process.</remarks>
internal sealed record Scene(WorkflowTest Environment)
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(90);

    public ITemporalClient Client => Environment.Client;

    public string TaskQueue => Environment.TaskQueue;

    public WorkflowOptions Options(string id) => new(id, TaskQueue);

    /// <param name="settings">The engine's, by the names that its configuration has for them.</param>
    public static async Task PlayAsync(
        Action<TemporalWorkerOptions> configure, Func<Scene, Task> act, params (string Name, string Value)[] settings)
    {
        await using var test = await WorkflowTest.StartAsync(
            worker =>
            {
                // A mistake in workflow code fails the test at once, where production would try the task again until it
                // is mended.
                worker.WorkflowFailureExceptionTypes = [typeof(Exception)];
                configure(worker);
            },
            settings.Length == 0
                ? null
                : new() { Engine = TestEngine.DefaultWith(settings.ToDictionary(it => it.Name, it => it.Value)) });
        await act(new(test)).WaitAsync(Limit);
    }
}
