using System.Linq.Expressions;
using AugmentedOS.Testing.Histories;
using Temporalio.Api.History.V1;
using Temporalio.Client;
using Temporalio.Workflows;

namespace AugmentedOS.Testing;

/// <content>What a test does with workflows.</content>
public sealed partial class WorkflowTest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private int _started;

    /// <summary>Starts a workflow on the test's worker.</summary>
    /// <param name="workflowRunCall">The call of the workflow's run method.</param>
    /// <param name="options">Id and task queue may be left out: ids are then the workflow's name and a number.</param>
    public Task<WorkflowHandle<TWorkflow, TResult>> StartWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions? options = null) =>
        Client.StartWorkflowAsync(workflowRunCall, Complete<TWorkflow>(options));

    /// <inheritdoc cref="StartWorkflowAsync{TWorkflow, TResult}"/>
    public Task<WorkflowHandle<TWorkflow>> StartWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions? options = null) =>
        Client.StartWorkflowAsync(workflowRunCall, Complete<TWorkflow>(options));

    /// <summary>Starts a workflow on the test's worker and waits for its end, skipping time.</summary>
    /// <param name="workflowRunCall">The call of the workflow's run method.</param>
    /// <param name="options">Id and task queue may be left out: ids are then the workflow's name and a number.</param>
    /// <exception cref="Temporalio.Exceptions.WorkflowFailedException">The workflow did not complete.</exception>
    /// <exception cref="WorkflowTestException">A task of a workflow failed.</exception>
    public Task<TResult> ExecuteWorkflowAsync<TWorkflow, TResult>(
        Expression<Func<TWorkflow, Task<TResult>>> workflowRunCall, WorkflowOptions? options = null) =>
        Client.ExecuteWorkflowAsync(workflowRunCall, Complete<TWorkflow>(options));

    /// <inheritdoc cref="ExecuteWorkflowAsync{TWorkflow, TResult}"/>
    public Task ExecuteWorkflowAsync<TWorkflow>(
        Expression<Func<TWorkflow, Task>> workflowRunCall, WorkflowOptions? options = null) =>
        Client.ExecuteWorkflowAsync(workflowRunCall, Complete<TWorkflow>(options));

    /// <summary>All runs that a query finds, newest first; all when it is empty. On an engine that others use too, only
    /// runs on this test's task queue are found.</summary>
    public async Task<IReadOnlyList<WorkflowExecution>> ListWorkflowsAsync(string query = "")
    {
        ArgumentNullException.ThrowIfNull(query);
        var mine = $"TaskQueue = '{TaskQueue}'";
        var whole = _engine.IsOwn ? query : query.Length == 0 ? mine : $"{mine} AND ({query})";
        var found = new List<WorkflowExecution>();
        await foreach (var execution in Client.ListWorkflowsAsync(whole).ConfigureAwait(false))
        {
            found.Add(execution);
        }

        return found;
    }

    /// <summary>Waits until a workflow has come to a point: until its history has such an event. Time stands still
    /// meanwhile.</summary>
    /// <returns>The event.</returns>
    /// <exception cref="WorkflowTestException">The workflow ended without it, did not come there within half a minute
    /// of the machine's time, or one of its tasks failed.</exception>
    public Task<HistoryEvent> WaitForAsync(WorkflowHandle workflow, HistoryStep step)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentNullException.ThrowIfNull(step);
        return WithAutoTimeSkippingDisabledAsync(() => FindAsync(workflow, step));
    }

    /// <summary>Prints the histories of all runs that the test's worker had a part in.</summary>
    /// <param name="write">Takes one history at a time.</param>
    public async Task PrintHistoriesAsync(Action<string> write)
    {
        ArgumentNullException.ThrowIfNull(write);
        foreach (var run in _runs.All)
        {
            var history = await Client.GetWorkflowHandle(run.WorkflowId, run.RunId).FetchHistoryAsync()
                .ConfigureAwait(false);
            write(history.ToText());
        }
    }

    private static async Task<HistoryEvent> FindAsync(WorkflowHandle workflow, HistoryStep step)
    {
        using var patience = new CancellationTokenSource(Patience);
        var rpc = new RpcOptions { CancellationToken = patience.Token, Retry = true };
        try
        {
            await foreach (var e in workflow.FetchHistoryEventsAsync(new() { WaitNewEvent = true, Rpc = rpc })
                .ConfigureAwait(false))
            {
                if (step.Fits(e))
                {
                    return e;
                }
            }
        }
        catch (Exception ended) when (patience.IsCancellationRequested && ended is not WorkflowTestException)
        {
            throw await NotThereAsync(
                $"did not come to '{step}' within {Patience.TotalSeconds:0} s. Time stands still while a test waits "
                + "for an event; where timers have to fire before, let it pass with DelayAsync first")
                    .ConfigureAwait(false);
        }

        throw await NotThereAsync($"ended without '{step}'").ConfigureAwait(false);

        async Task<WorkflowTestException> NotThereAsync(string what) => new(
            $"Workflow '{workflow.Id}' {what}.\n{(await workflow.FetchHistoryAsync().ConfigureAwait(false)).ToText()}");
    }

    private WorkflowOptions Complete<TWorkflow>(WorkflowOptions? options)
    {
        var complete = options is null ? new WorkflowOptions() : (WorkflowOptions)options.Clone();
        complete.TaskQueue ??= TaskQueue;
        complete.Id ??= NewId(WorkflowDefinition.Create<TWorkflow>().Name ?? typeof(TWorkflow).Name);
        return complete;
    }

    private string NewId(string name)
    {
        var number = Interlocked.Increment(ref _started);
        return _engine.IsOwn ? $"{name}-{number}" : $"{name}-{number}-{TaskQueue}";
    }
}
