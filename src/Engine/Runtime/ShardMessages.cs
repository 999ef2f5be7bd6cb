using System.Diagnostics;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime.Instruments;
using AugmentedOS.Engine.TaskQueues;

namespace AugmentedOS.Engine.Runtime;

/// <summary>An input and who waits for its outcome.</summary>
internal sealed record SubmitInput(Input Input, Action<Outcome> Settled) : IShardMessage
{
    private readonly ActivityContext _caller = EngineTrace.Here;

    public void Execute(Shard shard)
    {
        using var span = EngineTrace.Decide(Input, _caller);
        shard.Process(Input, Settled);
    }

    public void Refuse(Rejection rejection) => Settled(new Outcome(null, rejection));
}

/// <summary>A reset whose histories have been read.</summary>
internal sealed record ResetRun(ResetExecution Reset, Action<Outcome> Settled) : IShardMessage
{
    public void Execute(Shard shard) => shard.Reset(Reset, Settled);

    public void Refuse(Rejection rejection) => Settled(new Outcome(null, rejection));
}

/// <summary>A queued task and the poller reserved for it.</summary>
internal sealed record StartTask(TaskReference Task, Poller Poller) : IShardMessage
{
    public void Execute(Shard shard) => shard.Start(Task, Poller);

    public void Refuse(Rejection rejection) => Poller.Complete(new Outcome(null, rejection));
}

/// <summary>The shard's timer went off.</summary>
internal sealed record TimerWentOff : IShardMessage
{
    public static TimerWentOff Instance { get; } = new();

    public void Execute(Shard shard) => shard.WakeUp();

    public void Refuse(Rejection rejection)
    {
        // Nobody waits for it.
    }
}

/// <summary>From now on deadlines up to that time are the shard's to remember.</summary>
internal sealed record ExtendHorizon(Instant Until) : IShardMessage
{
    public void Execute(Shard shard) => shard.ExtendHorizon(Until);

    public void Refuse(Rejection rejection)
    {
        // Nobody waits for it.
    }
}

/// <summary>An idle run's deadline came into view.</summary>
internal sealed record ExpectWakeUp(RunKey Run, Instant At) : IShardMessage
{
    public void Execute(Shard shard) => shard.Expect(Run, At);

    public void Refuse(Rejection rejection)
    {
        // Nobody waits for it.
    }
}

/// <summary>A hot run to load, so that what it waits for goes on.</summary>
internal sealed record Resume(RunKey Run) : IShardMessage
{
    public void Execute(Shard shard) => shard.Resume(Run);

    public void Refuse(Rejection rejection)
    {
        // The shard has stopped; health says so.
    }
}

/// <summary>A commit failed: drop everything and begin again from what is durable.</summary>
internal sealed record Reload(int Generation, Action Reloaded) : IShardMessage
{
    public void Execute(Shard shard)
    {
        shard.Reload(Generation);
        Reloaded();
    }

    public void Refuse(Rejection rejection)
    {
        // The shard has stopped; health says so.
    }
}

/// <summary>The engine stops: everything after this is refused.</summary>
internal sealed record StopShard(Action Stopped) : IShardMessage
{
    public void Execute(Shard shard)
    {
        shard.StopInGoodOrder();
        Stopped();
    }

    public void Refuse(Rejection rejection) => Stopped();
}
