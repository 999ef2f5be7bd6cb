using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Resetting;
using AugmentedOS.Engine.Storage;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Runtime.Resetting;

/// <summary>Carries resets out. Thread-safe.</summary>
/// <remarks>
/// Histories are read and folded beside the shard, which goes on meanwhile, and may have to be read again when they
/// have grown by more than memory holds. What the reset comes to is then decided and committed by the shard, in one
/// transition.
/// </remarks>
internal sealed class Resets(IJournal journal, Shards shards, IWorkScheduler scheduler, IIdSource ids)
{
    private const int MaxReadings = 10;
    private readonly ResetReader _reader = new(journal);

    /// <summary>Answers <see cref="ResetToRun"/>. <paramref name="settled"/> is called once, when it is durable.</summary>
    public void Submit(ResetRequest request, Action<Outcome> settled) => Begin(request, settled, readings: 0);

    public Task<Outcome> SubmitAsync(ResetRequest request)
    {
        var settled = new TaskCompletionSource<Outcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        Submit(request, settled.SetResult);
        return settled.Task;
    }

    private void Begin(ResetRequest request, Action<Outcome> settled, int readings) => shards.Submit(
        new Inspect(request.Workflow, request.Run, state => state), outcome =>
        {
            if (outcome.Reply is not RunState baseRun)
            {
                settled(outcome);
            }
            else if (ResetRules.Check(baseRun, request.Request) is { } refusal)
            {
                settled(new Outcome(null, refusal));
            }
            else
            {
                scheduler.Schedule(new Reading(this, request, baseRun, settled, readings));
            }
        });

    private void Read(ResetRequest request, RunState baseRun, Action<Outcome> settled, int readings)
    {
        var newRun = new RunKey(request.Workflow, new RunId(ids.Next()));
        ResetMaterial material;
        try
        {
            material = _reader.Read(baseRun, newRun, request.Request);
        }
        catch (JournalException exception)
        {
            settled(new Outcome(null, Rejection.Unavailable(
                $"The engine cannot read its database right now: {exception.Message}")));
            return;
        }

        shards.Submit(new ResetExecution(baseRun.Key, newRun, request.Request, material), outcome =>
        {
            if (outcome.Reply is not ResetOutdated)
            {
                settled(outcome);
            }
            else if (readings + 1 < MaxReadings)
            {
                Begin(request, settled, readings + 1);
            }
            else
            {
                settled(new Outcome(null, Rejection.ResourceExhausted(
                    ResourceExhaustedCause.BusyWorkflow, "The workflow is too busy to be reset. Try again.")));
            }
        });
    }

    private sealed class Reading(
        Resets resets, ResetRequest request, RunState baseRun, Action<Outcome> settled, int readings)
        : IThreadPoolWorkItem
    {
        public void Execute() => resets.Read(request, baseRun, settled, readings);
    }
}
