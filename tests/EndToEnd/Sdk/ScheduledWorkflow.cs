using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Says what it knows of the runs before it, and ends as it is told.</summary>
[Workflow]
public sealed class ScheduledWorkflow
{
    private bool _mayEnd;

    [WorkflowRun]
    public async Task<string> RunAsync(string how)
    {
        var last = Workflow.Info.LastResult?.FirstOrDefault() is { } result
            ? Workflow.PayloadConverter.ToValue<string>(result)
            : "nothing";
        var knows = $"{last}, {Workflow.Info.LastFailure?.Message ?? "no failure"}";
        switch (how)
        {
            case "fail on second" when last == "first" && Workflow.Info.LastFailure is null:
                throw new ApplicationFailureException("on purpose", nonRetryable: true);
            case "fail on second":
                return last == "nothing" ? "first" : knows;
            case "wait":
                await Workflow.WaitConditionAsync(() => _mayEnd);
                return knows;
            case "go on" when Workflow.Info.ContinuedRunId is null:
                await Workflow.WaitConditionAsync(() => _mayEnd);
                throw Workflow.CreateContinueAsNewException((ScheduledWorkflow scheduled) => scheduled.RunAsync(how));
            case "go on":
                await Workflow.WaitConditionAsync(() => _mayEnd);
                return "went on";
            case "retry" when Workflow.Info.Attempt < 3:
                throw new ApplicationFailureException("again");
            case "retry":
                return $"attempt {Workflow.Info.Attempt}";
            default:
                return knows;
        }
    }

    [WorkflowSignal]
    public Task EndAsync()
    {
        _mayEnd = true;
        return Task.CompletedTask;
    }
}
