using AugmentedOS.Workflows.Replay;
using AugmentedOS.Workflows.Versioning;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using static AugmentedOS.Workflows.Tests.Versioning.LedgerVersions;
using VersioningBehavior = Temporalio.Common.VersioningBehavior;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>The guide's recipe of moving by continue-as-new: state goes on, history does not.</summary>
public sealed class ContinueAsNewTests
{
    [Fact]
    public async Task PinnedRun_WhenTheTargetHasChanged_MovesWithItsNextMessage()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.WithVersionsAsync<Old, New>(VersioningBehavior.Pinned, async rollout =>
        {
            var ledger = await StartOnFirstAsync(world, rollout);
            await rollout.MakeCurrentAsync("2", allowNoPollers: true);

            await ledger.SignalAsync("Add", [2]);
            await WaitForEndOfRunAsync(ledger);

            Assert.Equal("new: 3", await SubscriptionWorld.CloseAsync(world.Latest(ledger)));
        });
    }

    [Fact]
    public async Task PinnedRun_WhenItIsAskedToMove_Moves()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        await world.WithVersionsAsync<Old, New>(VersioningBehavior.Pinned, async rollout =>
        {
            var ledger = await StartOnFirstAsync(world, rollout);
            await rollout.MakeCurrentAsync("2", allowNoPollers: true);

            var asked = await new InFlightRuns(world.Client).AskToMoveAsync(Name);
            await WaitForEndOfRunAsync(ledger);

            Assert.Equal([ledger.Id], asked.Select(run => run.WorkflowId));
            Assert.Equal("new: 1", await SubscriptionWorld.CloseAsync(world.Latest(ledger)));
        });
    }

    [Fact]
    public async Task Run_WhenItsWorkersHaveNoVersion_ContinuesAsNewAndReplays()
    {
        await using var world = await SubscriptionWorld.StartAsync();
        var ledger = await StartAsync(world);
        await world.WithWorkerAsync<Old>(async () =>
        {
            await new InFlightRuns(world.Client).AskToMoveAsync(Name);
            await WaitForEndOfRunAsync(ledger);
        });

        var first = ledger with { RunId = ledger.ResultRunId };
        var history = RecordedRun.Of(await first.FetchHistoryAsync(), first.RunId);
        var replayed = await HistoryReplay.RunAsync(WorkflowBuild.Of(typeof(Old)), history);
        Assert.Equal(RunState.ContinuedAsNew, replayed.State);
        Assert.Null(replayed.Problem);
    }

    [Fact]
    public void Move_WhenItIsMadeOutsideAWorkflow_SaysWhereItBelongs()
    {
        var wrong = Assert.Throws<InvalidOperationException>(() => new VersionMove());

        Assert.Contains("in a field of the workflow", wrong.Message, StringComparison.Ordinal);
    }

    private static Task<WorkflowHandle> StartAsync(SubscriptionWorld world) =>
        world.Client.StartWorkflowAsync(Name, [1], new($"ledger-{Guid.NewGuid():N}", world.Queue));

    private static async Task<WorkflowHandle> StartOnFirstAsync(SubscriptionWorld world, DeploymentRollout rollout)
    {
        await rollout.MakeCurrentAsync("1", allowNoPollers: true);
        var ledger = await StartAsync(world);
        await foreach (var recorded in ledger.FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
        {
            if (recorded.EventType == EventType.WorkflowTaskCompleted)
            {
                break;
            }
        }

        return ledger;
    }

    private static async Task WaitForEndOfRunAsync(WorkflowHandle handle)
    {
        await foreach (var recorded in (handle with { RunId = handle.ResultRunId })
            .FetchHistoryEventsAsync(new() { WaitNewEvent = true }))
        {
            if (recorded.EventType == EventType.WorkflowExecutionContinuedAsNew)
            {
                return;
            }
        }
    }
}
