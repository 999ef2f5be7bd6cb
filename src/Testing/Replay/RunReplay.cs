using AugmentedOS.Testing.Workers;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace AugmentedOS.Testing.Replay;

/// <summary>Replays runs with the code that a worker's options name.</summary>
internal sealed class RunReplay(TemporalWorkerOptions worker, ITemporalClient client)
{
    /// <exception cref="WorkflowTestException">A run does not replay.</exception>
    public async Task VerifyAsync(IReadOnlyCollection<WorkflowRun> runs)
    {
        if (runs.Count == 0)
        {
            return;
        }

        var histories = new List<(WorkflowRun Run, WorkflowHistory History)>();
        foreach (var run in runs)
        {
            var history = await client.GetWorkflowHandle(run.WorkflowId, run.RunId).FetchHistoryAsync()
                .ConfigureAwait(false);
            histories.Add((run, history));
        }

        var results = await new WorkflowReplayer(Options())
            .ReplayWorkflowsAsync(histories.Select(pair => pair.History)).ConfigureAwait(false);
        foreach (var ((run, history), result) in histories.Zip(results))
        {
            if (result.ReplayFailure is { } failure)
            {
                throw new WorkflowTestException(ReplayFailureText.Of(run, history, failure), failure);
            }
        }
    }

    /// <summary>What the worker has, for a replayer.</summary>
    private WorkflowReplayerOptions Options()
    {
        var options = new WorkflowReplayerOptions
        {
            Namespace = client.Options.Namespace,
            TaskQueue = worker.TaskQueue!,
            DataConverter = client.Options.DataConverter,
            Interceptors = worker.Interceptors,
            WorkflowFailureExceptionTypes = worker.WorkflowFailureExceptionTypes,
            DebugMode = worker.DebugMode,
            DisableWorkflowTracingEventListener = worker.DisableWorkflowTracingEventListener,
            LoggerFactory = worker.LoggerFactory ?? client.Options.LoggerFactory,
            Runtime = QuietRuntime.Instance,
        };
        foreach (var workflow in worker.Workflows)
        {
            options.AddWorkflow(workflow);
        }

        return options;
    }
}
