using Temporalio.Client;
using Temporalio.Exceptions;
using Temporalio.Worker;

namespace AugmentedOS.Engine.Tests.Api;

/// <summary>Children, and signals and cancel requests between workflows, as the official SDK sees them.</summary>
public sealed class FamilyTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    [Fact]
    public Task Child_WhenCalled_ReturnsItsResultAndKnowsItsFamily() => WithWorkerAsync(async family =>
        Assert.Equal($"{family.Parent}/{family.Parent}", await family.RunAsync("call")));

    [Fact]
    public Task Child_WhenItContinuesAsNew_ReturnsTheLastRunsResult() => WithWorkerAsync(async family =>
        Assert.Equal($"{family.Parent}/{family.Parent}", await family.RunAsync("call-continuing")));

    [Fact]
    public Task Child_WhenItFails_FailsInItsParent() => WithWorkerAsync(async family => Assert.Equal(
        "ChildWorkflowFailureException/ApplicationFailureException", await family.RunAsync("call-failing")));

    [Fact]
    public Task Child_WhenItsIdIsTaken_IsAlreadyStarted() => WithWorkerAsync(async family =>
    {
        await family.StartOtherAsync();
        Assert.Equal("WorkflowAlreadyStartedException/", await family.RunAsync("call-taken"));
    });

    [Fact]
    public Task Child_WhenItsParentCancelsIt_IsCancelled() => WithWorkerAsync(async family => Assert.Equal(
        "ChildWorkflowFailureException/CanceledFailureException", await family.RunAsync("cancel")));

    [Fact]
    public Task Child_WhenItsParentSignalsIt_GetsTheSignal() => WithWorkerAsync(async family =>
        Assert.Equal("released by parent", await family.RunAsync("signal-child")));

    [Fact]
    public Task Child_WhenAbandoned_OutlivesItsParent() => WithWorkerAsync(async family =>
    {
        await family.RunAsync("abandon");
        var child = family.Other;
        await child.SignalAsync(wf => wf.ReleaseAsync("test"));
        Assert.Equal("released by test", await child.GetResultAsync());
    });

    [Fact]
    public Task Child_WhenItsPolicySaysTerminate_EndsWithItsParent() => WithWorkerAsync(async family =>
    {
        await family.RunAsync("terminate");
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => family.Other.GetResultAsync());
        Assert.Equal("by parent close policy", Assert.IsType<TerminatedFailureException>(failure.InnerException).Message);
    });

    [Fact]
    public Task Child_WhenItsPolicySaysCancel_IsAskedTo() => WithWorkerAsync(async family =>
    {
        await family.RunAsync("request-cancel");
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => family.Other.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failure.InnerException);
    });

    [Fact]
    public Task Stranger_WhenSignaled_GetsTheSignal() => WithWorkerAsync(async family =>
    {
        await family.StartOtherAsync();
        Assert.Equal("signaled", await family.RunAsync("signal"));
        Assert.Equal("released by stranger", await family.Other.GetResultAsync());
    });

    [Fact]
    public Task Stranger_WhenItIsNotThere_CannotBeSignaled() => WithWorkerAsync(async family =>
        Assert.StartsWith("ApplicationFailureException/", await family.RunAsync("signal-unknown"), StringComparison.Ordinal));

    [Fact]
    public Task Stranger_WhenAskedToCancel_Does() => WithWorkerAsync(async family =>
    {
        await family.StartOtherAsync();
        Assert.Equal("requested", await family.RunAsync("cancel-external"));
        var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => family.Other.GetResultAsync());
        Assert.IsType<CanceledFailureException>(failure.InnerException);
    });

    private async Task WithWorkerAsync(Func<Family, Task> test)
    {
        var queue = $"queue-{Guid.NewGuid()}";
        using var worker = new TemporalWorker(
            engine.Client,
            new TemporalWorkerOptions(queue).AddWorkflow<FamilyWorkflow>().AddWorkflow<ChildWorkflow>());
        await worker.ExecuteAsync(() => test(new Family(engine.Client, queue)).WaitAsync(TimeSpan.FromSeconds(60)));
    }

    /// <summary>One parent and the other workflow that it deals with.</summary>
    private sealed class Family(TemporalClient client, string queue)
    {
        private readonly string _otherId = $"other-{Guid.NewGuid()}";

        public string Parent { get; } = $"parent-{Guid.NewGuid()}";

        public WorkflowHandle<ChildWorkflow, string> Other => client.GetWorkflowHandle<ChildWorkflow, string>(_otherId);

        public Task<string> RunAsync(string mode) => client.ExecuteWorkflowAsync(
            (FamilyWorkflow wf) => wf.RunAsync(mode, _otherId), new WorkflowOptions(Parent, queue));

        public Task<WorkflowHandle<ChildWorkflow, string>> StartOtherAsync() => client.StartWorkflowAsync(
            (ChildWorkflow wf) => wf.RunAsync("wait"), new WorkflowOptions(_otherId, queue));
    }
}
