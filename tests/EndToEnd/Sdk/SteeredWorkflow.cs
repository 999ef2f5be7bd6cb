using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Has one activity that others steer.</summary>
[Workflow]
public sealed class SteeredWorkflow
{
    [WorkflowRun]
    public Task<string> RunAsync(string how, Plan plan) => Workflow.ExecuteActivityAsync(
        (Steered activity) => activity.SteerAsync(how),
        new()
        {
            ActivityId = "steered",
            TaskQueue = plan.Queue,
            StartToCloseTimeout = TimeSpan.FromMinutes(1),
            HeartbeatTimeout = TimeSpan.FromSeconds(30),
            RetryPolicy = new() { InitialInterval = plan.RetryAfter },
            DisableEagerActivityExecution = true,
        });

    /// <summary>Where the activity is done, and how long it waits after a failure.</summary>
    public sealed record Plan
    {
        public string? Queue { get; init; }

        public TimeSpan RetryAfter { get; init; } = TimeSpan.FromMilliseconds(1);
    }

    /// <summary>Tells its test what it learns.</summary>
    public sealed class Steered
    {
        private int _failures;

        /// <summary>The type's name.</summary>
        public const string Steer = "Steer";

        /// <summary>When it first runs.</summary>
        public TaskCompletionSource Started { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Why its first attempt was stopped.</summary>
        public TaskCompletionSource<string> Told { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        [Activity(Steer)]
        public async Task<string> SteerAsync(string how)
        {
            var context = ActivityExecutionContext.Current;
            if (how == "heartbeat" && !Told.Task.IsCompleted)
            {
                await HeartbeatAsync(context);
            }

            if (how == "fail once" && Interlocked.Increment(ref _failures) == 1)
            {
                context.Heartbeat("beat");
                throw new InvalidOperationException("fails once");
            }

            var details = context.Info.HeartbeatDetails.Count > 0
                ? await context.Info.HeartbeatDetailAtAsync<string>(0)
                : "nothing";
            return $"attempt {context.Info.Attempt} after {details}";
        }

        private async Task HeartbeatAsync(ActivityExecutionContext context)
        {
            try
            {
                context.Heartbeat("beat");
                Started.TrySetResult();
                using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
                while (await pulse.WaitForNextTickAsync(context.CancellationToken))
                {
                    context.Heartbeat("beat");
                }
            }
            finally
            {
                var details = context.CancellationDetails;
                Told.TrySetResult(
                    details is { IsPaused: true } ? "paused" : details is { IsReset: true } ? "reset" : $"{details}");
            }
        }
    }
}
