using System.Security.Cryptography;
using AugmentedOS.Workflows.Callbacks;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Callbacks;

public sealed record Verdict(bool IsGood, int Score);

/// <summary>An external system: it keeps the tokens that it was given.</summary>
public sealed class Bureau
{
    private readonly TaskCompletionSource<string> _asked = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public CallbackTokens Tokens { get; } = new(RandomNumberGenerator.GetBytes(32));

    /// <summary>The token of the first question.</summary>
    public Task<string> Asked => _asked.Task;

    [Activity]
    public void Ask(CallbackRequest request) => _asked.TrySetResult(Tokens.Issue(request));
}

[Workflow]
public sealed class CallbackWorkflow
{
    private readonly CallbackDesk _desk = new();
    private bool _isReleased;

    [WorkflowRun]
    public async Task<string> RunAsync()
    {
        string said;
        try
        {
            var verdict = await _desk.RequestAsync<Verdict>(
                request => Workflow.ExecuteActivityAsync(
                    (Bureau bureau) => bureau.Ask(request), new() { StartToCloseTimeout = TimeSpan.FromMinutes(1) }),
                TimeSpan.FromDays(3));
            said = $"{verdict.IsGood} {verdict.Score}";
        }
        catch (CallbackTimeoutException late)
        {
            said = late.ErrorType!;
        }
        catch (CallbackFailedException failed)
        {
            said = failed.Message;
        }

        await Workflow.WaitConditionAsync(() => _isReleased);
        return said;
    }

    [WorkflowSignal]
    public Task ReleaseAsync()
    {
        _isReleased = true;
        return Task.CompletedTask;
    }

    [WorkflowQuery]
    public int Waiting() => _desk.Waiting;
}
