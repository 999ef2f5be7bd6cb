using System.Linq.Expressions;
using System.Reflection;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Workflows;

namespace AugmentedOS.Testing;

/// <content>Faults on demand. Those of activities are in <see cref="Activities.ActivityFake{TResult}"/>, the worker's
/// death is <see cref="RestartWorkerAsync"/>.</content>
public sealed partial class WorkflowTest
{
    /// <summary>Takes the engine away here and opens it again on its file, at the same address: calls in flight break
    /// off, clients and workers reconnect, the engine's time goes on where it was.</summary>
    /// <remarks>Needs an engine with a file: <see cref="Engines.TestEngine.InFile()"/> is stopped and opened again,
    /// <see cref="Engines.TestEngine.InProcess"/> is killed by the system (SIGKILL) and started again. The worker lives
    /// on, with what it has cached; for its death see <see cref="RestartWorkerAsync"/>.</remarks>
    /// <exception cref="WorkflowTestException">The engine has no file, or is not the test's own.</exception>
    public Task CrashEngineAsync() => _time.AcrossRestartAsync(_engine.CrashAsync, CountAttemptsAsync);

    /// <summary>From now on each signal of this name that the test's client sends arrives twice, alone or with a start:
    /// as from a bus that delivers at least once.</summary>
    /// <param name="signalCall">A call of the signal's method; the arguments do not matter.</param>
    /// <exception cref="WorkflowTestException">The expression names no signal.</exception>
    public void DeliverTwice<TWorkflow>(Expression<Func<TWorkflow, Task>> signalCall)
    {
        ArgumentNullException.ThrowIfNull(signalCall);
        var signal = signalCall.Body is MethodCallExpression { Method: var method }
            && method.GetCustomAttribute<WorkflowSignalAttribute>() is not null
                ? WorkflowSignalDefinition.FromMethod(method).Name
                : null;
        DeliverTwice(signal ?? throw new WorkflowTestException(
            $"'{signalCall}' calls no signal of {typeof(TWorkflow).Name}. Name one by a call whose arguments do not "
            + "matter: test.DeliverTwice((OrderWorkflow order) => order.PaidAsync(default!))."));
    }

    /// <summary>From now on each signal of this name that the test's client sends arrives twice.</summary>
    public void DeliverTwice(string signal)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(signal);
        _deliveries.Double(signal);
    }

    private async Task<int> CountAttemptsAsync()
    {
        var attempts = 0;
        foreach (var run in await ListWorkflowsAsync("ExecutionStatus = 'Running'").ConfigureAwait(false))
        {
            var request = new DescribeWorkflowExecutionRequest
            {
                Namespace = Client.Options.Namespace,
                Execution = new() { WorkflowId = run.Id, RunId = run.RunId },
            };
            var described = await Client.WorkflowService.DescribeWorkflowExecutionAsync(request).ConfigureAwait(false);
            attempts += described.PendingActivities.Count(activity =>
                activity.State is PendingActivityState.Started or PendingActivityState.CancelRequested);
        }

        return attempts;
    }
}
