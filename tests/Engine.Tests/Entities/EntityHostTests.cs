using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Tests.Executions.Kit;
using AugmentedOS.Engine.Tests.Simulation;
using Grpc.Core;

namespace AugmentedOS.Engine.Tests.Entities;

public sealed class EntityHostTests
{
    [Fact]
    public void Reply_WhenTheChangeIsNotDurable_WaitsForTheDisk()
    {
        using var life = new EntityLife();
        var counted = life.Send(new Count(EntityLife.Key("a"), 5));
        var read = life.Send(EntityLife.ReadOf("a"));
        var other = life.Send(EntityLife.ReadOf("b"));
        life.Think();

        Assert.Empty(counted);
        Assert.Empty(read);
        Assert.Equal("no such counter", Assert.Single(other).Rejection?.Message);
        Assert.Empty(life.Effects);

        life.Settle();
        Assert.Equal(5L, Assert.Single(counted).Reply);
        Assert.Equal(5L, Assert.Single(read).Reply);
        Assert.Equal([new CounterMoved(EntityLife.Key("a"), 5)], life.Effects);
    }

    [Fact]
    public void Read_WhenTheDeletionIsNotDurable_WaitsForTheDisk()
    {
        using var life = new EntityLife();
        life.Ask(new Count(EntityLife.Key("a"), 5));
        var dropped = life.Send(new DropCounter(EntityLife.Key("a")));
        var read = life.Send(EntityLife.ReadOf("a"));
        life.Think();

        Assert.Empty(dropped);
        Assert.Empty(read);
        life.Settle();
        Assert.Equal(5L, Assert.Single(dropped).Reply);
        Assert.Equal("no such counter", Assert.Single(read).Rejection?.Message);
        Assert.Empty(life.Disk.Entities);
    }

    [Fact]
    public void Input_WhenRefused_ChangesNothing()
    {
        using var life = new EntityLife();
        life.Ask(new Count(EntityLife.Key("a"), 5));

        Assert.Equal("below zero", life.Ask(new Count(EntityLife.Key("a"), -6)).Rejection?.Message);
        Assert.Equal(5L, life.Read("a").Reply);
        Assert.Equal(1, life.Disk.Commits);
    }

    [Fact]
    public void Entity_WhenReopened_IsAsItWasAndItsEffectsAreDerivedAgain()
    {
        using var before = new EntityLife();
        before.Ask(new Count(EntityLife.Key("a"), 5, Ticking: true));
        before.Ask(new Count(EntityLife.Key("b"), 7));

        using var after = new EntityLife(before.Disk, time: before.Time);
        after.Settle();

        Assert.Equal(
            [new CounterMoved(EntityLife.Key("a"), 5), new CounterMoved(EntityLife.Key("b"), 7)], after.Effects);
        after.Time.Advance(Counter.Pause);
        Assert.Equal(6L, after.Read("a").Reply);
        Assert.Equal(7L, after.Read("b").Reply);
    }

    [Fact]
    public void WakeUp_WhenTimePasses_ComesOnceForEachThatIsDue()
    {
        using var life = new EntityLife();
        life.Ask(new Count(EntityLife.Key("a"), 1, Ticking: true));
        life.Time.Advance(Counter.Pause / 2);
        life.Ask(new Count(EntityLife.Key("b"), 1, Ticking: true));
        life.Time.Advance(Counter.Pause / 2);

        Assert.Equal(2L, life.Read("a").Reply);
        Assert.Equal(1L, life.Read("b").Reply);

        life.Time.Advance(3 * Counter.Pause);
        life.Settle();
        Assert.Equal(5L, life.Read("a").Reply);
        Assert.Equal(4L, life.Read("b").Reply);
    }

    [Fact]
    public void Commit_WhenItFails_TakesEverythingBuiltOnItBack()
    {
        var full = true;
        using var life = new EntityLife(faultOf: commit => full && commit > 0 ? CommitFault.Refused : CommitFault.None);
        life.Ask(new Count(EntityLife.Key("a"), 5));
        var lost = life.Send(new Count(EntityLife.Key("a"), 1));
        life.Think();
        var builtOnIt = life.Send(new Count(EntityLife.Key("a"), 1));
        var born = life.Send(new Count(EntityLife.Key("b"), 1));
        life.Settle();

        Assert.All([lost, builtOnIt, born], outcome =>
            Assert.Equal(StatusCode.Unavailable, Assert.Single(outcome).Rejection?.Code));
        full = false;
        Assert.Equal(5L, life.Read("a").Reply);
        Assert.True(life.Read("b").IsRejected);
        Assert.Equal(6L, life.Ask(new Count(EntityLife.Key("a"), 1)).Reply);
    }

    [Fact]
    public void Invariant_WhenBroken_StopsTheHostBeforeItWrites()
    {
        using var life = new EntityLife();
        life.Ask(new Count(EntityLife.Key("a"), 5));

        var broken = life.Ask(new Broken(EntityLife.Key("a")));

        Assert.Equal(StatusCode.Unavailable, broken.Rejection?.Code);
        Assert.False(life.Health.IsHealthy);
        Assert.Equal(StatusCode.Unavailable, life.Ask(new Count(EntityLife.Key("a"), 1)).Rejection?.Code);
        Assert.Equal(1, life.Disk.Commits);
    }

    [Fact]
    public void WakeUp_WhenItDoesNotMove_IsABrokenInvariant()
    {
        using var life = new EntityLife();
        life.Ask(new Stuck(EntityLife.Key("a")));
        Assert.True(life.Health.IsHealthy);

        life.Time.Advance(Counter.Pause);
        life.Settle();

        Assert.Contains("wants to do so again", life.Health.Problem);
    }

    [Fact]
    public void Namespace_WhenDeleted_TakesItsEntitiesWithIt()
    {
        using var life = new EntityLife();
        var elsewhere = EntityLife.Key("a") with { Namespace = EntityKey.NoNamespace };
        life.Ask(new Count(EntityLife.Key("a"), 5, Ticking: true));
        life.Ask(new Count(elsewhere, 7));

        life.RemoveAll(FixedNamespaces.Default.Id);
        life.Settle();

        Assert.Equal([elsewhere], life.Disk.Entities.Values.Select(stored => stored.Key));
        Assert.True(life.Read("a").IsRejected);
        life.Time.Advance(Counter.Pause);
        life.Settle();
        Assert.True(life.Health.IsHealthy);
    }

    [Fact]
    public void Entity_WhenWrittenByAnOlderEngine_IsReadAndWrittenAnew()
    {
        using var old = new EntityLife(version: 1);
        old.Ask(new Count(EntityLife.Key("a"), 5));

        using var current = new EntityLife(old.Disk);
        Assert.Equal("from before", current.Ask(NoteOf("a")).Reply);
        current.Ask(new Count(EntityLife.Key("a"), 1));

        using var again = new EntityLife(old.Disk);
        Assert.Equal("counted", again.Ask(NoteOf("a")).Reply);
        Assert.Equal(2, Assert.Single(old.Disk.Entities.Values).Version);
    }

    [Fact]
    public void Entity_WhenWrittenByANewerEngine_IsNotTouched()
    {
        using var current = new EntityLife();
        current.Ask(new Count(EntityLife.Key("a"), 5));

        using var old = new EntityLife(current.Disk, version: 1);

        Assert.Equal(StatusCode.Unavailable, old.Ask(new Count(EntityLife.Key("a"), 1)).Rejection?.Code);
        Assert.False(old.Health.IsHealthy);
        Assert.Equal(1, old.Disk.Commits);
    }

    [Fact]
    public async Task Host_WhenStopped_RefusesWhatComesAfter()
    {
        using var life = new EntityLife();
        var accepted = life.Send(new Count(EntityLife.Key("a"), 5));
        var stopped = life.StopAsync();
        var late = life.Send(new Count(EntityLife.Key("a"), 5));
        life.Settle();

        await stopped.WaitAsync(TimeSpan.FromSeconds(10), TestContext.Current.CancellationToken);
        Assert.Equal(5L, Assert.Single(accepted).Reply);
        Assert.Equal("The engine is stopping.", Assert.Single(late).Rejection?.Message);
    }

    private static ReadEntity<Counter> NoteOf(string id) =>
        new(EntityLife.Key(id), static (state, _) => state.Note, static () => Rejection.NotFound("no such counter"));

    private sealed record Broken(EntityKey Key) : EntityInput<Counter>(Key)
    {
        public override EntityDecision<Counter> Decide(Counter? state, EntityContext<Counter> context) =>
            throw new InvalidOperationException("scripted");
    }

    /// <summary>A counter below zero does not move when it wakes up.</summary>
    private sealed record Stuck(EntityKey Key) : EntityInput<Counter>(Key)
    {
        public override EntityDecision<Counter> Decide(Counter? state, EntityContext<Counter> context) =>
            EntityDecision<Counter>.Change(new Counter(-1, context.Now + Counter.Pause), 1L);
    }
}
