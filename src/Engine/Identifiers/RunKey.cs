namespace AugmentedOS.Engine;

/// <summary>One run, fully named.</summary>
internal readonly record struct RunKey(WorkflowKey Workflow, RunId Run)
{
    public NamespaceId Namespace => Workflow.Namespace;

    public string WorkflowId => Workflow.WorkflowId;

    public Temporalio.Api.Common.V1.WorkflowExecution ToExecution() =>
        new() { WorkflowId = WorkflowId, RunId = Run.ToString() };
}
