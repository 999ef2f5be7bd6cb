using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.EndToEnd.Sdk;

/// <summary>Updates.</summary>
public sealed class UpdateTests(SdkEngine engine)
{
    [Fact]
    public async Task Update_WhenItIsExecuted_ReturnsItsResult() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);

        Assert.Equal(5, await handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(5)));
        Assert.Equal(12, await handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(7)));
        Assert.Equal([5, 7], await handle.QueryAsync(ledger => ledger.Booked()));
    });

    [Fact]
    public async Task Update_WhenTheWorkflowIsIdle_LeavesATaskAndItsTwoEvents() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);
        await handle.QueryAsync(ledger => ledger.Booked());

        await handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(5));

        Assert.Equal(
            [
                EventType.WorkflowExecutionStarted,
                EventType.WorkflowTaskScheduled,
                EventType.WorkflowTaskStarted,
                EventType.WorkflowTaskCompleted,
                EventType.WorkflowTaskScheduled,
                EventType.WorkflowTaskStarted,
                EventType.WorkflowTaskCompleted,
                EventType.WorkflowExecutionUpdateAccepted,
                EventType.WorkflowExecutionUpdateCompleted,
            ],
            await SdkEngine.EventTypesAsync(handle));
    });

    [Fact]
    public async Task Update_WhenItsValidatorRejectsIt_LeavesNoTrace() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);
        await handle.QueryAsync(ledger => ledger.Booked());

        for (var time = 0; time < 3; time++)
        {
            var failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
                () => handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(-1)));
            Assert.Equal("BadAmount", Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);
        }

        Assert.Equal(4, (await SdkEngine.EventTypesAsync(handle)).Count);
        Assert.Equal(3, await handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(3)));
        await handle.SignalAsync(ledger => ledger.FinishAsync());
        Assert.Equal(3, await handle.GetResultAsync());
    });

    [Fact]
    public async Task Update_WhenItFails_GivesTheFailure() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);

        var failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
            () => handle.ExecuteUpdateAsync(ledger => ledger.FailAsync()));

        Assert.Equal("Closed", Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);
    });

    [Fact]
    public async Task Update_WhenItIsStarted_IsAcceptedAndCompletesLater() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);

        var update = await handle.StartUpdateAsync(
            ledger => ledger.BookWhenReleasedAsync(5), new(WorkflowUpdateStage.Accepted));
        await handle.SignalAsync(ledger => ledger.ReleaseAsync());

        Assert.Equal(5, await update.GetResultAsync());
    });

    [Fact]
    public async Task Update_WhenItHasAHandleOfAnotherClient_IsFoundByItsId() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);
        var id = SdkEngine.NewName("update");
        await handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(5), new(id));
        var other = (await engine.ConnectAsync()).GetWorkflowHandle<LedgerWorkflow>(handle.Id);

        Assert.Equal(5, await other.GetUpdateHandle<int>(id).GetResultAsync());
    });

    [Fact]
    public async Task Update_WhenItsIdIsUsedAgain_IsNotDoneAgain() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);
        var id = SdkEngine.NewName("update");

        Assert.Equal(5, await handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(5), new(id)));
        Assert.Equal(5, await handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(900), new(id)));
        await handle.SignalAsync(ledger => ledger.FinishAsync());

        Assert.Equal(5, await handle.GetResultAsync());
        Assert.Equal(5, await handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(900), new(id)));
    });

    [Fact]
    public async Task Updates_WhenManyComeAtOnce_AreAllDone() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);

        var results = await Task.WhenAll(Enumerable.Range(1, 10)
            .Select(amount => handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(amount))));

        Assert.Equal(55, results.Max());
        Assert.Equal(55, (await handle.QueryAsync(ledger => ledger.Booked())).Sum());
    });

    [Fact]
    public async Task Update_WhenNoWorkerHasEverPolled_IsAdmittedAndDoneByTheFirst()
    {
        var queue = SdkEngine.NewName("queue");
        var handle = await StartAsync(queue);
        var id = SdkEngine.NewName("update");
        var result = handle.ExecuteUpdateAsync(ledger => ledger.BookLastAsync(5), new(id));
        await UntilAdmittedAsync(handle, id);

        using var worker = engine.NewWorker(queue, options => options.AddWorkflow<LedgerWorkflow>());
        await worker.ExecuteAsync(async () =>
        {
            Assert.Equal(5, await result.WaitAsync(SdkEngine.Patience));
            Assert.Equal(5, await handle.GetResultAsync().WaitAsync(SdkEngine.Patience));
        });
        Assert.Equal(7, (await SdkEngine.EventTypesAsync(handle)).Count);
    }

    [Fact]
    public async Task Update_WhenTheCallerGivesUp_TellsItSo()
    {
        var handle = await StartAsync("nobody");
        using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));

        await Assert.ThrowsAsync<WorkflowUpdateRpcTimeoutOrCanceledException>(() => handle.ExecuteUpdateAsync(
            ledger => ledger.BookAsync(5), new() { Rpc = new() { CancellationToken = patience.Token } }));
    }

    [Fact]
    public async Task Update_WhenTheWorkflowIsClosed_IsRefused() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);
        await handle.SignalAsync(ledger => ledger.FinishAsync());
        await handle.GetResultAsync();

        var refused = await Assert.ThrowsAsync<RpcException>(
            () => handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(5)));

        Assert.Equal(RpcException.StatusCode.NotFound, refused.Code);
        Assert.Equal("workflow execution already completed", refused.Message);
    });

    [Fact]
    public async Task Update_WhenTheWorkflowEndsBeforeIt_HasFailed() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);
        var update = await handle.StartUpdateAsync(
            ledger => ledger.BookWhenReleasedAsync(5), new(WorkflowUpdateStage.Accepted));
        await handle.TerminateAsync();

        var failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(() => update.GetResultAsync());

        Assert.Equal(
            "AcceptedUpdateCompletedWorkflow",
            Assert.IsType<ApplicationFailureException>(failed.InnerException).ErrorType);
    });

    [Fact]
    public async Task Update_WhenTheWorkflowHasContinuedAsNew_GoesToTheNewRun() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);
        await handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(5));
        await handle.ExecuteUpdateAsync(ledger => ledger.ContinueAsync());
        var current = engine.Client.GetWorkflowHandle<LedgerWorkflow, int>(handle.Id);

        Assert.Equal(7, await current.ExecuteUpdateAsync(ledger => ledger.BookAsync(7)));
        await current.SignalAsync(ledger => ledger.FinishAsync());

        Assert.Equal(12, await current.GetResultAsync());
    });

    [Fact]
    public async Task Update_WhenItWaitsForATimer_IsDoneWhenThatFires() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);

        Assert.Equal(
            5,
            await handle.ExecuteUpdateAsync(
                ledger => ledger.BookAfterAsync(TimeSpan.FromMilliseconds(50), 5)));
    });

    [Fact]
    public async Task Update_WhenTheWorkflowDoesNotKnowIt_IsRejected() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);

        var failed = await Assert.ThrowsAsync<WorkflowUpdateFailedException>(
            () => handle.ExecuteUpdateAsync<int>("no-such-update", []));

        Assert.Contains("no-such-update", failed.InnerException!.Message);
    });

    [Fact]
    public async Task History_WhenItHasUpdates_IsReplayed() => await WithWorkerAsync(async queue =>
    {
        var handle = await StartAsync(queue);
        await handle.ExecuteUpdateAsync(ledger => ledger.BookAsync(5));
        var update = await handle.StartUpdateAsync(
            ledger => ledger.BookWhenReleasedAsync(6), new(WorkflowUpdateStage.Accepted));
        await handle.SignalAsync(ledger => ledger.ReleaseAsync());
        await update.GetResultAsync();
        await handle.SignalAsync(ledger => ledger.FinishAsync());
        await handle.GetResultAsync();

        var replayer = new Temporalio.Worker.WorkflowReplayer(
            new Temporalio.Worker.WorkflowReplayerOptions().AddWorkflow<LedgerWorkflow>());
        Assert.Null((await replayer.ReplayWorkflowAsync(await handle.FetchHistoryAsync())).ReplayFailure);
    });

    /// <summary>Waits until the engine knows an update that no worker has seen.</summary>
    internal static async Task UntilAdmittedAsync(WorkflowHandle handle, string id)
    {
        var poll = new PollWorkflowExecutionUpdateRequest
        {
            Namespace = "default",
            UpdateRef = new UpdateRef { WorkflowExecution = new() { WorkflowId = handle.Id }, UpdateId = id },
        };
        while (true)
        {
            try
            {
                var found = await handle.Client.WorkflowService.PollWorkflowExecutionUpdateAsync(poll);
                Assert.Equal(UpdateWorkflowExecutionLifecycleStage.Admitted, found.Stage);
                return;
            }
            catch (RpcException notYet) when (notYet.Code == RpcException.StatusCode.NotFound)
            {
                await Task.Yield();
            }
        }
    }

    private Task<WorkflowHandle<LedgerWorkflow, int>> StartAsync(string queue) => engine.Client.StartWorkflowAsync(
        (LedgerWorkflow ledger) => ledger.RunAsync(0), new WorkflowOptions(SdkEngine.NewName("ledger"), queue));

    private Task WithWorkerAsync(Func<string, Task> body) =>
        engine.WithWorkerAsync(options => options.AddWorkflow<LedgerWorkflow>(), body);
}
