using AugmentedOS.Workflows.Versioning;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Versioning;

/// <summary>A workflow that goes on for years and moves to new code with what it has counted.</summary>
public static class LedgerVersions
{
    public const string Name = "VersionedLedger";

    /// <summary>What both share.</summary>
    public abstract class Ledger
    {
        private bool _isClosed;

        protected int Entries { get; set; }

        protected VersionMove Move { get; } = new();

        [WorkflowSignal]
        public Task AddAsync(int amount)
        {
            Entries += amount;
            return Task.CompletedTask;
        }

        [WorkflowSignal]
        public Task CloseAsync()
        {
            _isClosed = true;
            return Task.CompletedTask;
        }

        /// <summary>Until it is closed, or is to move.</summary>
        protected Task WaitAsync() => Workflow.WaitConditionAsync(() => _isClosed || Move.IsDue);

        protected bool IsClosed => _isClosed;
    }

    [Workflow(Name)]
    public sealed class Old : Ledger
    {
        [WorkflowRun]
        public async Task<string> RunAsync(int entries)
        {
            Entries += entries;
            await WaitAsync();
            return IsClosed ? $"old: {Entries}" : throw VersionMove.To((Old next) => next.RunAsync(Entries));
        }
    }

    /// <summary>Does what the old one's history could never have: it waits for a minute first.</summary>
    [Workflow(Name)]
    public sealed class New : Ledger
    {
        [WorkflowRun]
        public async Task<string> RunAsync(int entries)
        {
            Entries += entries;
            await Workflow.DelayAsync(TimeSpan.FromMinutes(1));
            await WaitAsync();
            return IsClosed ? $"new: {Entries}" : throw VersionMove.To((New next) => next.RunAsync(Entries));
        }
    }
}
