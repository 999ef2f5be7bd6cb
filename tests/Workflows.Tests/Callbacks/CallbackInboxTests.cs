using System.Security.Cryptography;
using AugmentedOS.Workflows.Callbacks;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Callbacks;

public sealed class CallbackInboxTests
{
    private readonly Bureau _bureau = new();

    [Fact]
    public Task Reply_WhenTheWorkflowWaits_IsItsResult() => PlayAsync(async (inbox, handle, token, _) =>
    {
        Assert.Equal(CallbackOutcome.Accepted, (await inbox.ReplyAsync(token, new Verdict(true, 7))).Outcome);
        Assert.Equal("True 7", await EndAsync(handle));
    });

    [Fact]
    public Task Reply_WhenItIsRepeated_IsADuplicateAndChangesNothing() => PlayAsync(async (inbox, handle, token, _) =>
    {
        await inbox.ReplyAsync(token, new Verdict(true, 7));

        Assert.Equal(CallbackOutcome.Duplicate, (await inbox.ReplyAsync(token, new Verdict(false, 0))).Outcome);
        Assert.Equal("True 7", await EndAsync(handle));
    });

    [Fact]
    public Task Reply_WhenTheTimeIsOver_IsLate() => PlayAsync(async (inbox, handle, token, scene) =>
    {
        await scene.Environment.DelayAsync(TimeSpan.FromDays(4));

        Assert.Equal(CallbackOutcome.Late, (await inbox.ReplyAsync(token, new Verdict(true, 7))).Outcome);
        Assert.Equal(CallbackTimeoutException.Type, await EndAsync(handle));
    });

    [Fact]
    public Task Reply_WhenTheWorkflowHasEnded_IsLate() => PlayAsync(async (inbox, handle, token, _) =>
    {
        await inbox.ReplyAsync(token, new Verdict(true, 7));
        await EndAsync(handle);

        Assert.Equal(CallbackOutcome.Late, (await inbox.ReplyAsync(token, new Verdict(true, 7))).Outcome);
    });

    [Fact]
    public Task Reply_WhenTheWorkflowIsCancelled_IsLate() => PlayAsync(async (inbox, handle, token, _) =>
    {
        await handle.CancelAsync();
        var failed = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

        Assert.IsType<CanceledFailureException>(failed.InnerException);
        Assert.Equal(CallbackOutcome.Late, (await inbox.ReplyAsync(token, new Verdict(true, 7))).Outcome);
    });

    [Fact]
    public Task Reply_WhenItIsOfAnotherType_IsUnreadableAndMayBeCorrected() =>
        PlayAsync(async (inbox, handle, token, _) =>
        {
            Assert.Equal(CallbackOutcome.Unreadable, (await inbox.ReplyAsync(token, "good")).Outcome);
            Assert.Equal(1, await handle.QueryAsync(workflow => workflow.Waiting()));

            Assert.Equal(CallbackOutcome.Accepted, (await inbox.ReplyAsync(token, new Verdict(true, 7))).Outcome);
            Assert.Equal("True 7", await EndAsync(handle));
        });

    [Fact]
    public Task Fail_WhenTheWorkflowWaits_IsItsFailure() => PlayAsync(async (inbox, handle, token, _) =>
    {
        Assert.Equal(CallbackOutcome.Accepted, (await inbox.FailAsync(token, "no such customer")).Outcome);
        Assert.Equal("no such customer", await EndAsync(handle));
    });

    [Fact]
    public Task Reply_WhenTheTokenWasChanged_IsForgedAndNotSent() => PlayAsync(async (inbox, handle, token, _) =>
    {
        var changed = (token[0] == 'A' ? "B" : "A") + token[1..];

        Assert.Equal(CallbackOutcome.Forged, (await inbox.ReplyAsync(changed, new Verdict(true, 7))).Outcome);
        Assert.Equal(CallbackOutcome.Forged, (await inbox.ReplyAsync("nonsense!", new Verdict(true, 7))).Outcome);
        await inbox.ReplyAsync(token, new Verdict(false, 1));
        Assert.Equal("False 1", await EndAsync(handle));
    });

    [Fact]
    public Task Reply_WhenThereIsNoSuchWorkflowOrRequest_IsUnknown() => PlayAsync(async (inbox, handle, token, _) =>
    {
        var elsewhere = _bureau.Tokens.Issue(new("no-workflow", "r"));
        var another = _bureau.Tokens.Issue(new(handle.Id, "no-request"));

        Assert.Equal(CallbackOutcome.Unknown, (await inbox.ReplyAsync(elsewhere, 1)).Outcome);
        Assert.Equal(CallbackOutcome.Unknown, (await inbox.ReplyAsync(another, 1)).Outcome);
        await inbox.ReplyAsync(token, new Verdict(true, 7));
        await EndAsync(handle);
    });

    [Fact]
    public void Tokens_WhenTheKeyIsReplaced_AreStillTaken()
    {
        byte[] old = RandomNumberGenerator.GetBytes(32), young = RandomNumberGenerator.GetBytes(32);
        var request = new CallbackRequest("order/1", "r");
        var token = new CallbackTokens(old).Issue(request);

        Assert.True(new CallbackTokens(young, old).TryOpen(token, out var opened));
        Assert.Equal(request, opened);
        Assert.False(new CallbackTokens(young).TryOpen(token, out _));
    }

    [Fact]
    public void Tokens_WhenTheKeyIsShort_AreRefused() => Assert.Contains(
        "RandomNumberGenerator.GetBytes(32)",
        Assert.Throws<ArgumentException>(() => new CallbackTokens(new byte[8])).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Desk_WhenNotInAWorkflow_SaysSo() => Assert.Contains(
        "inside a workflow only",
        Assert.Throws<InvalidOperationException>(() => new CallbackDesk()).Message,
        StringComparison.Ordinal);

    private Task PlayAsync(Func<CallbackInbox, WorkflowHandle<CallbackWorkflow, string>, string, Scene, Task> act) =>
        Scene.PlayAsync(
        worker => worker.AddWorkflow<CallbackWorkflow>().AddAllActivities(_bureau),
        async scene =>
        {
            var handle = await scene.Client.StartWorkflowAsync(
                (CallbackWorkflow workflow) => workflow.RunAsync(), scene.Options("asking"));
            await act(new(scene.Client, _bureau.Tokens), handle, await _bureau.Asked, scene);
        });

    private static async Task<string> EndAsync(WorkflowHandle<CallbackWorkflow, string> handle)
    {
        await handle.SignalAsync(workflow => workflow.ReleaseAsync());
        return await handle.GetResultAsync();
    }
}
