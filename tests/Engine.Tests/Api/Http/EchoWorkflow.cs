using Temporalio.Workflows;

namespace AugmentedOS.Engine.Tests.Api.Http;

/// <summary>Says what it is told, and ends when it is told.</summary>
[Workflow]
public sealed class EchoWorkflow
{
    private string? _end;

    [WorkflowRun]
    public async Task<Said> RunAsync(Said first)
    {
        await Workflow.WaitConditionAsync(() => _end is not null);
        return new Said($"{first.Text} {_end}");
    }

    [WorkflowQuery]
    public Said Echo(Said said) => said;

    [WorkflowSignal]
    public Task FinishAsync(string end)
    {
        _end = end;
        return Task.CompletedTask;
    }

    public sealed record Said(string Text);
}
