using Temporalio.Worker;

namespace AugmentedOS.Testing.Workers;

/// <summary>What a test's worker has that others do not.</summary>
internal static class WorkerSetup
{
    private static readonly TimeSpan AtOnce = TimeSpan.FromMilliseconds(1);
    private static readonly TemporalWorkerOptions Defaults = new();

    /// <summary>Completes a test's options; nothing that the test itself has chosen is changed.</summary>
    public static void Complete(TemporalWorkerOptions options, string testQueue)
    {
        options.TaskQueue ??= testQueue;
        // The SDK holds heartbeats back in the machine's time, of which hardly any passes while an engine skips.
        if (options.MaxHeartbeatThrottleInterval == Defaults.MaxHeartbeatThrottleInterval)
        {
            options.MaxHeartbeatThrottleInterval = AtOnce;
        }

        if (options.DefaultHeartbeatThrottleInterval == Defaults.DefaultHeartbeatThrottleInterval)
        {
            options.DefaultHeartbeatThrottleInterval = AtOnce;
        }
    }

    /// <summary>Reports failed tasks.</summary>
    public static void Watch(TemporalWorkerOptions options, Trouble trouble) =>
        options.WorkflowTaskCompleted += (_, task) =>
        {
            if (task.TaskFailureException is { } failure)
            {
                trouble.Report(new WorkflowTestException(
                    $"A task of workflow {task.WorkflowInfo.WorkflowType} '{task.WorkflowInfo.WorkflowId}' failed with "
                    + $"{failure.GetType().Name}: {failure.Message}\nThe SDK tries such a task again and again; the "
                    + "workflow does not end. Mend the workflow's code; or, if the workflow shall fail, throw an "
                    + "ApplicationFailureException or name the exception in WorkflowFailureExceptionTypes; or, if "
                    + "this is what the test is about, set WorkflowTestOptions.ToleratesFailedTasks.",
                    failure));
            }
        };
}
