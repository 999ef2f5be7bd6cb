using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.TaskQueues;

namespace AugmentedOS.Engine.Runtime;

/// <summary>All shards: finds the one that owns a workflow.</summary>
internal sealed class Shards : IExecutions, ITaskStarter, IDisposable
{
    private Shard[] _shards = [];

    /// <summary>Creates the shards. Apart from the constructor, because they need the matcher, which needs this.</summary>
    public void Open(ShardServices services, int count)
    {
        _shards = new Shard[count];
        for (var index = 0; index < count; index++)
        {
            _shards[index] = new Shard(services);
        }
    }

    public void Submit(Input input, Action<Outcome> settled) =>
        Of(input.Workflow).Submit(new SubmitInput(input, settled));

    /// <summary>From outside: refused when too much waits already.</summary>
    public void Submit(ResetExecution reset, Action<Outcome> settled) =>
        Of(reset.Base.Workflow).Submit(new ResetRun(reset, settled));

    public void Start(in TaskReference task, Poller poller) => Of(task.Run.Workflow).Post(new StartTask(task, poller));

    public void Post(RunKey run, IShardMessage message) => Of(run.Workflow).Post(message);

    public void PostToAll(Func<IShardMessage> message)
    {
        foreach (var shard in _shards)
        {
            shard.Post(message());
        }
    }

    public int Count => _shards.Length;

    public void Dispose()
    {
        foreach (var shard in _shards)
        {
            shard.Dispose();
        }
    }

    private Shard Of(WorkflowKey workflow) => _shards[workflow.StableHash() % (uint)_shards.Length];
}
