using AugmentedOS.Engine.Tests.Simulation;

namespace AugmentedOS.Engine.Tests.Entities;

/// <summary>Counters on a disk that fails and a process that dies at any commit: what was acknowledged is there, nobody
/// saw what is not, and memory is what the file says.</summary>
public sealed class EntityCrashTests
{
    private const int Seeds = 150;
    private const int Steps = 120;
    private static readonly string[] Ids = ["a", "b", "c"];

    [Fact]
    public void Counters_WhenCommitsFailAndTheProcessDies_KeepWhatWasAcknowledged()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                new Run(seed).Go();
            }
            catch (Exception failure)
            {
                Assert.Fail($"Seed {seed}: {failure}");
            }
        }
    }

    private sealed class Run(int seed)
    {
        private readonly Random _random = new(seed);
        private readonly SimulatedDisk _disk = new();
        private readonly Dictionary<string, long> _acknowledged = Ids.ToDictionary(id => id, _ => 0L);
        private readonly Dictionary<string, long> _sent = Ids.ToDictionary(id => id, _ => 0L);
        private bool _isObedient;

        public void Go()
        {
            var life = Begin(null);
            for (var step = 0; step < Steps; step++)
            {
                try
                {
                    Step(life);
                }
                catch (SimulatedCrash)
                {
                    life.Dispose();
                    life = Begin(life);
                }
            }

            _isObedient = true;
            life.Settle();
            using (life)
            using (var reopened = new EntityLife(_disk))
            {
                foreach (var id in Ids)
                {
                    Check(life, reopened, id);
                }
            }
        }

        private void Step(EntityLife life)
        {
            switch (_random.Next(6))
            {
                case 0 or 1:
                    Add(life, Ids[_random.Next(Ids.Length)]);
                    break;
                case 2:
                    life.Time.Advance(Counter.Pause / 3);
                    break;
                default:
                    _ = _random.Next(2) == 0 ? life.Loops.Step() : life.Writer.Step();
                    break;
            }

            Assert.Null(life.Log.Defect);
            foreach (var effect in life.Effects.Where(effect => effect.Value is not null))
            {
                // A value only grows, so whatever left was durable if the file has at least that.
                var stored = _disk.Entities.Values.Single(entity => entity.Key == effect.Entity);
                Assert.True(ValueOf(stored) >= effect.Value, $"{effect} left and is not durable.");
            }
        }

        private void Add(EntityLife life, string id)
        {
            _sent[id]++;
            life.Host.Submit(
                new Count(EntityLife.Key(id), 1, Ticking: _random.Next(2) == 0),
                outcome => _acknowledged[id] += outcome.IsRejected ? 0 : 1);
        }

        private void Check(EntityLife life, EntityLife reopened, string id)
        {
            var live = life.Read(id).Reply;
            Assert.Equal(live, reopened.Read(id).Reply);
            Assert.True((long?)live >= _acknowledged[id] || (_acknowledged[id] == 0 && live is null), $"{id} lost counts.");
        }

        private static long ValueOf(AugmentedOS.Engine.Storage.StoredEntity stored)
        {
            var source = new AugmentedOS.Engine.Storage.Codecs.ByteSource(stored.State.Span);
            return new CounterType().Decode(stored.Key, stored.Version, ref source).Value;
        }

        private EntityLife Begin(EntityLife? before) =>
            new(_disk, _random, before?.Time, _ => NextFault(), before?.Log);

        private CommitFault NextFault() => _isObedient
            ? CommitFault.None
            : _random.Next(12) switch
            {
                0 => CommitFault.Refused,
                1 => CommitFault.CrashBefore,
                2 => CommitFault.CrashAfter,
                _ => CommitFault.None,
            };
    }
}
