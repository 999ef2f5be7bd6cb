using AugmentedOS.Workflows.Debouncing;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Debouncing;

public sealed record Batch(IReadOnlyList<string> Items, TimeSpan After);

/// <summary>Adds items at given minutes and tells which batches came out, and when.</summary>
[Workflow]
public sealed class DebouncerWorkflow
{
    [WorkflowRun]
    public async Task<IReadOnlyList<Batch>> RunAsync(DebounceOptions options, IReadOnlyList<int> minutes)
    {
        var start = Workflow.UtcNow;
        var debouncer = new Debouncer<string>(options);
        var feeding = Workflow.RunTaskAsync(async () =>
        {
            foreach (var minute in minutes)
            {
                var wait = start.AddMinutes(minute) - Workflow.UtcNow;
                if (wait > TimeSpan.Zero)
                {
                    await Workflow.DelayAsync(wait);
                }

                debouncer.Add($"{minute}");
            }
        });
        var batches = new List<Batch>();
        while (!feeding.IsCompleted || debouncer.Count > 0)
        {
            batches.Add(new(await debouncer.NextAsync(), Workflow.UtcNow - start));
        }

        return batches;
    }
}

/// <summary>Adds items at once and tells which passed when.</summary>
[Workflow]
public sealed class ThrottledWorkflow
{
    [WorkflowRun]
    public async Task<IReadOnlyList<Batch>> RunAsync(ThrottleOptions options, int items)
    {
        var start = Workflow.UtcNow;
        var throttle = new Throttle<string>(options);
        var passed = new List<Batch>();
        for (var i = 1; i <= items; i++)
        {
            if (!throttle.TryAdd($"{i}"))
            {
                passed.Add(new(["refused", $"{i}"], Workflow.UtcNow - start));
            }
        }

        while (throttle.Count > 0)
        {
            passed.Add(new([await throttle.NextAsync()], Workflow.UtcNow - start));
        }

        return passed;
    }
}

/// <summary>What the ready workflows call.</summary>
public sealed class TargetActivities
{
    private readonly Lock _gate = new();
    private readonly List<IReadOnlyList<int>> _calls = [];
    private int _failures;

    public IReadOnlyList<IReadOnlyList<int>> Calls
    {
        get
        {
            lock (_gate)
            {
                return [.. _calls];
            }
        }
    }

    public void FailNext(int times) => _failures = times;

    [Activity]
    public void TakeAll(IReadOnlyList<int> items)
    {
        lock (_gate)
        {
            if (_failures-- > 0)
            {
                throw new InvalidOperationException("not now");
            }

            _calls.Add(items);
        }
    }

    [Activity]
    public void TakeOne(int item) => TakeAll([item]);
}
