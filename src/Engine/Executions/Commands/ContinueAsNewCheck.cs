using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Whether a continue-as-new command can be carried out.</summary>
internal static class ContinueAsNewCheck
{
    private const WorkflowTaskFailedCause Bad = WorkflowTaskFailedCause.BadContinueAsNewAttributes;
    private const string Name = "ContinueAsNewWorkflowExecutionCommand";

    public static CommandFailure? Of(
        ContinueAsNewWorkflowExecutionCommandAttributes? attributes, RunState state, DecisionContext context)
    {
        if (attributes is null)
        {
            return new CommandFailure(Bad, $"{Name}Attributes is not set on {Name}.");
        }

        var limits = context.Limits;
        return Fields(attributes, state, limits)
            ?? SearchAttributes(attributes, state, context)
            ?? CommandSize.Check(attributes.Input, limits.BlobSizeError, Bad, $"{Name}Attributes. Input")
            ?? CommandSize.Check(attributes.Memo, limits.MemoSizeError, Bad, $"{Name}Attributes. Memo");
    }

    private static CommandFailure? Fields(
        ContinueAsNewWorkflowExecutionCommandAttributes attributes, RunState state, EngineLimits limits)
    {
        var type = TypeName(attributes, state);
        if (Utf8Length.Of(type) > limits.MaxIdLength)
        {
            return new CommandFailure(
                Bad,
                $"WorkflowType on {Name} exceeds length limit. WorkflowType={type} Length={Utf8Length.Of(type)} "
                + $"Limit={limits.MaxIdLength}");
        }

        var where = Where(attributes, state);
        if (TaskQueueNames.Problem(QueueName(attributes, state), limits) is { } queueProblem)
        {
            return new CommandFailure(Bad, $"error validating {Name} TaskQueue: {queueProblem}. {where}");
        }

        foreach (var (field, duration) in new[]
                 {
                     ("WorkflowRunTimeout", attributes.WorkflowRunTimeout),
                     ("WorkflowTaskTimeout", attributes.WorkflowTaskTimeout),
                     ("BackoffStartInterval", attributes.BackoffStartInterval),
                 })
        {
            if (duration.Problem() is { } problem)
            {
                return new CommandFailure(Bad, $"Invalid {field} on {Name}: {problem}. {where}");
            }
        }

        return attributes.RetryPolicy is { } policy
            && RetryPolicies.Validate(RetryPolicies.WithDefaults(policy)) is { } retryProblem
                ? new CommandFailure(Bad, $"invalid WorkflowRetryPolicy on {Name}: {retryProblem}. {where}")
                : null;
    }

    private static CommandFailure? SearchAttributes(
        ContinueAsNewWorkflowExecutionCommandAttributes attributes, RunState state, DecisionContext context) =>
        RunSearchAttributes.Check(attributes.SearchAttributes, state.Key.Namespace, context) is { } rejection
            ? new CommandFailure(
                WorkflowTaskFailedCause.BadSearchAttributes,
                $"invalid SearchAttributes on {Name}: {rejection.Message}. {Where(attributes, state)}")
            : null;

    private static string TypeName(ContinueAsNewWorkflowExecutionCommandAttributes attributes, RunState state) =>
        attributes.WorkflowType is { Name.Length: > 0 } type ? type.Name : state.Started.WorkflowType.Name;

    private static string QueueName(ContinueAsNewWorkflowExecutionCommandAttributes attributes, RunState state) =>
        attributes.TaskQueue is { Name.Length: > 0 } queue ? queue.Name : state.Started.TaskQueue.Name;

    private static string Where(ContinueAsNewWorkflowExecutionCommandAttributes attributes, RunState state) =>
        $"WorkflowType={TypeName(attributes, state)} "
        + $"TaskQueue=name:\"{QueueName(attributes, state)}\" kind:TASK_QUEUE_KIND_NORMAL";
}
