using System.Runtime.CompilerServices;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Locks;

/// <summary>Where a workflow gets what the locks that it asked for say: one for each workflow, however many locks it
/// uses.</summary>
internal sealed class LockMailbox
{
    // Workflow instances are made anew on replay: the mailbox lives and dies with them.
    private static readonly ConditionalWeakTable<object, LockMailbox> Mailboxes = [];

    private readonly Dictionary<string, DistributedLock> _locks = [];

    public static LockMailbox Current => Mailboxes.GetValue(Workflow.Instance, _ => new());

    public void Add(DistributedLock asked)
    {
        _locks.Add(asked.RequestId, asked);
        Workflow.Signals.TryAdd(LockGrant.SignalName, WorkflowSignalDefinition.CreateWithoutAttribute(
            LockGrant.SignalName, (LockGrant grant) => Receive(grant)));
    }

    public void Remove(DistributedLock asked) => _locks.Remove(asked.RequestId);

    private Task Receive(LockGrant grant)
    {
        if (_locks.TryGetValue(grant.RequestId, out var asked))
        {
            asked.Receive(grant.FencingToken);
        }

        return Task.CompletedTask;
    }
}
