using System.Collections.Concurrent;
using Temporalio.Activities;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>Works for an operation until it is told the result, or canceled.</summary>
public static class NexusActivity
{
    private static readonly ConcurrentDictionary<string, TaskCompletionSource<string>> Results = new();

    public static void Finish(string id, string result) => ResultOf(id).TrySetResult(result);

    [Activity]
    public static async Task<string> WaitAsync(string id)
    {
        var context = ActivityExecutionContext.Current;
        using var pulse = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        while (!ResultOf(id).Task.IsCompleted)
        {
            context.Heartbeat();
            await pulse.WaitForNextTickAsync(context.CancellationToken);
        }

        return await ResultOf(id).Task;
    }

    private static TaskCompletionSource<string> ResultOf(string id) => Results.GetOrAdd(
        id, _ => new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously));
}
