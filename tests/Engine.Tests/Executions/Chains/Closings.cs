using Temporalio.Api.Command.V1;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Tests.Executions.Chains;

/// <summary>The commands by which a workflow ends its run.</summary>
internal static class Closings
{
    public static Command CompleteWith(Payloads? result = null) => new()
    {
        CommandType = CommandType.CompleteWorkflowExecution,
        CompleteWorkflowExecutionCommandAttributes = new CompleteWorkflowExecutionCommandAttributes { Result = result },
    };

    public static Command FailWith(Failure failure) => new()
    {
        CommandType = CommandType.FailWorkflowExecution,
        FailWorkflowExecutionCommandAttributes = new FailWorkflowExecutionCommandAttributes { Failure = failure },
    };

    public static Command CancelWith(Payloads? details = null) => new()
    {
        CommandType = CommandType.CancelWorkflowExecution,
        CancelWorkflowExecutionCommandAttributes = new CancelWorkflowExecutionCommandAttributes { Details = details },
    };

    public static Command ContinueAsNew(Action<ContinueAsNewWorkflowExecutionCommandAttributes>? set = null)
    {
        var attributes = new ContinueAsNewWorkflowExecutionCommandAttributes();
        set?.Invoke(attributes);
        return new Command
        {
            CommandType = CommandType.ContinueAsNewWorkflowExecution,
            ContinueAsNewWorkflowExecutionCommandAttributes = attributes,
        };
    }

    public static Failure Application(
        string type = "Oops", bool nonRetryable = false, TimeSpan? nextRetryDelay = null) => new()
        {
            Message = "boom",
            ApplicationFailureInfo = new ApplicationFailureInfo
            {
                Type = type,
                NonRetryable = nonRetryable,
                NextRetryDelay = nextRetryDelay?.ToProto(),
            },
        };
}
