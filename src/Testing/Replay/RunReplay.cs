using AugmentedOS.Testing.Workers;
using AugmentedOS.Workflows.Replay;
using Temporalio.Client;
using Temporalio.Common;
using Temporalio.Worker;

namespace AugmentedOS.Testing.Replay;

/// <summary>Replays histories with the code that a worker's options name.</summary>
internal sealed class RunReplay(TemporalWorkerOptions worker, ITemporalClient client)
{
    /// <summary>Replays what the engine has of these runs.</summary>
    /// <exception cref="WorkflowTestException">A run does not replay.</exception>
    public async Task VerifyAsync(IReadOnlyCollection<WorkflowRun> runs)
    {
        var histories = new List<WorkflowHistory>();
        foreach (var run in runs)
        {
            histories.Add(await client.GetWorkflowHandle(run.WorkflowId, run.RunId).FetchHistoryAsync()
                .ConfigureAwait(false));
        }

        await VerifyAsync(histories, history => $"{TypeOf(history)} '{history.Id}'").ConfigureAwait(false);
    }

    /// <summary>Replays one history.</summary>
    /// <param name="subject">What it is, at the beginning of a sentence.</param>
    /// <exception cref="WorkflowTestException">It does not replay.</exception>
    public Task VerifyAsync(WorkflowHistory history, string subject) => VerifyAsync([history], _ => subject);

    private static string TypeOf(WorkflowHistory history) =>
        history.Events.First().WorkflowExecutionStartedEventAttributes.WorkflowType.Name;

    private async Task VerifyAsync(List<WorkflowHistory> histories, Func<WorkflowHistory, string> subject)
    {
        if (histories.Count == 0)
        {
            return;
        }

        var results = await new WorkflowReplayer(Options()).ReplayWorkflowsAsync(histories).ConfigureAwait(false);
        foreach (var result in results)
        {
            if (result.ReplayFailure is { } failure)
            {
                var problem = await ExplainAsync(result.History, failure).ConfigureAwait(false);
                throw new WorkflowTestException(
                    ReplayFailureText.Of(subject(result.History), result.History, problem), failure);
            }
        }
    }

    /// <summary>Replays it once more, with an eye on both sides.</summary>
    private async Task<ReplayProblem> ExplainAsync(WorkflowHistory history, Exception failure)
    {
        var options = new HistoryReplayOptions
        {
            Namespace = client.Options.Namespace,
            DataConverter = client.Options.DataConverter,
            Interceptors = worker.Interceptors ?? [],
            WorkflowFailureExceptionTypes = worker.WorkflowFailureExceptionTypes,
            Runtime = QuietRuntime.Instance,
        };
        var build = WorkflowBuild.Of([.. worker.Workflows.Select(workflow => workflow.Type)]);
        var replayed = await HistoryReplay.RunAsync(build, RecordedRun.Of(history), options).ConfigureAwait(false);
        // Code that is not deterministic may do the right thing the second time.
        return replayed.Problem ?? new ReplayProblem(
            ReplayProblemKind.Nondeterminism, null, "(see below)", "something else each time", null, failure.Message);
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
