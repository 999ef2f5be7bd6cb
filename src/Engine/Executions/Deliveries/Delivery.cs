using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Runtime;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Deliveries;

/// <summary>Something that one run has to tell another: derived from state, sent after the state is durable, sent again
/// after a crash, and harmless when it arrives twice.</summary>
/// <param name="Source">The run that tells.</param>
/// <param name="Id">Which of the source's deliveries: the INITIATED event's id, or <see cref="ToParent"/>.</param>
internal abstract record Delivery(RunKey Source, long Id)
{
    /// <summary>The delivery by which a closed child tells its parent, or a started one announces itself.</summary>
    public const long ToParent = 0;

    /// <summary>The id by which the target knows this delivery when it comes again.</summary>
    public string RequestId => $"{Source.Run}:{Id}";

    /// <summary>Whether this still has to be told.</summary>
    public abstract bool IsDue(RunState source);

    /// <summary>The input for the other run.</summary>
    public abstract Input ToInput();

    /// <summary>What the source is told of the final outcome; null when it need not know.</summary>
    public abstract Input? OnOutcome(Outcome outcome);

    /// <summary>The same for the run that took the target's place; null when the outcome is final.</summary>
    public virtual Delivery? Onward(Outcome outcome) => null;

    /// <summary>The run of the parent that started this child.</summary>
    protected static RunKey ParentOf(RunState child)
    {
        var parent = child.Started.ParentWorkflowExecution;
        return new RunKey(new WorkflowKey(child.Key.Namespace, parent.WorkflowId), RunId.Parse(parent.RunId));
    }

    /// <summary>The run that was named; null when the current one is meant.</summary>
    protected static RunId? RunOf(WorkflowExecution target) => RunId.TryParse(target.RunId, out var run) ? run : null;
}
