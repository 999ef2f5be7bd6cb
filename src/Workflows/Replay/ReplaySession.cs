using System.Runtime.CompilerServices;
using Temporalio.Common;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;

namespace AugmentedOS.Workflows.Replay;

/// <summary>The replay of a number of histories, one after another. Not safe for several threads.</summary>
internal sealed class ReplaySession(WorkflowBuild build, HistoryReplayOptions options)
{
    private readonly List<ReplayedRun> _runs = [];
    private readonly SortedDictionary<string, long> _otherTypes = new(StringComparer.Ordinal);
    private readonly BranchCount _branches = new(build);
    private RecordedRun? _current;

    public async Task ReplayAsync(IAsyncEnumerable<RecordedRun> runs, CancellationToken cancellationToken)
    {
        using var listening = _branches.Listen();
        var results = NewReplayer().ReplayWorkflowsAsync(FeedAsync(runs, cancellationToken), false, cancellationToken);
        await foreach (var result in results.ConfigureAwait(false))
        {
            var run = _current!;
            _branches.Add(run);
            var problem = result.ReplayFailure is { } failure
                ? await ExplainAsync(run, failure, cancellationToken).ConfigureAwait(false)
                : null;
            var replayed = new ReplayedRun(
                run.WorkflowId, run.RunId, run.WorkflowType, run.State, run.History.Events.Count, problem);
            _runs.Add(replayed);
            options.OnReplayed?.Invoke(replayed);
        }
    }

    public ReplayReport Report(IReadOnlyDictionary<string, long> openRunsOfOtherTypes) => new()
    {
        Build = build.Name,
        Runs = _runs,
        Patches = _branches.Coverage(),
        OtherTypes = _otherTypes,
        OpenRunsOfOtherTypes = openRunsOfOtherTypes,
    };

    // The replayer asks for the next history once the last one's result was taken.
    private async IAsyncEnumerable<WorkflowHistory> FeedAsync(
        IAsyncEnumerable<RecordedRun> runs, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var run in runs.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            if (options.SaveTo is { } folder)
            {
                await HistoryFile.WriteAsync(folder, run, cancellationToken).ConfigureAwait(false);
            }

            if (!build.Takes(run.WorkflowType))
            {
                _otherTypes[run.WorkflowType] = _otherTypes.GetValueOrDefault(run.WorkflowType) + 1;
                continue;
            }

            _current = options.Decode is { } decode ? await decode(run, cancellationToken).ConfigureAwait(false) : run;
            _branches.Begin(_current);
            yield return _current.History;
        }
    }

    /// <summary>Replays it once more, with an eye on what the code asks for, and where.</summary>
    private async Task<ReplayProblem> ExplainAsync(
        RecordedRun run, Exception failure, CancellationToken cancellationToken)
    {
        var trace = new CommandTrace();
        Exception? thrown = null;
        var replayer = NewReplayer(trace, completed => thrown ??= completed.TaskFailureException);
        var again = await replayer.ReplayWorkflowAsync(run.History, false, cancellationToken).ConfigureAwait(false);
        var message = (again.ReplayFailure ?? failure).Message;
        return failure is WorkflowNondeterminismException
            ? ProblemReading.Nondeterminism(run, message, trace.Commands, RunMethodOf(run))
            : ProblemReading.TaskFailure(run, message, thrown, trace.TaskStartedEventId, RunMethodOf(run));
    }

    private SourcePlace RunMethodOf(RecordedRun run)
    {
        var definition = build.Workflows.FirstOrDefault(workflow => workflow.Name == run.WorkflowType)
            ?? build.Workflows.First(workflow => workflow.Dynamic);
        return new SourcePlace($"{definition.Type.Name}.{definition.RunMethod.Name}", null, null);
    }

    private WorkflowReplayer NewReplayer(
        CommandTrace? trace = null, Action<WorkflowTaskCompletedEventArgs>? onCompleted = null)
    {
        IReadOnlyCollection<IWorkerInterceptor> interceptors = trace is null
            ? options.Interceptors
            : [.. options.Interceptors, trace];
        var replayer = new WorkflowReplayerOptions
        {
            DataConverter = options.DataConverter,
            Interceptors = interceptors,
            WorkflowFailureExceptionTypes = options.WorkflowFailureExceptionTypes,
            Namespace = options.Namespace,
            LoggerFactory = options.LoggerFactory,
            Runtime = options.Runtime,
        };
        foreach (var workflow in build.Workflows)
        {
            replayer.AddWorkflow(workflow);
        }

        if (onCompleted is not null)
        {
            replayer.WorkflowTaskCompleted += (_, completed) => onCompleted(completed);
        }

        return new WorkflowReplayer(replayer);
    }
}
