using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions;

/// <summary>A run's three timeouts as its first event states them; zero means none.</summary>
internal readonly record struct RunTimeouts(WorkflowExecutionStartedEventAttributes Started)
{
    public TimeSpan Execution => Started.WorkflowExecutionTimeout.OrZero();

    public TimeSpan Run => Started.WorkflowRunTimeout.OrZero();

    public TimeSpan Task => Started.WorkflowTaskTimeout.OrZero();
}
