using AugmentedOS.Engine.Executions.Chains;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;
using Temporalio.Api.TaskQueue.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Ends the run and starts the next of its chain.</summary>
internal static class ContinueAsNewCommand
{
    /// <summary>Carries the command out on the batch's draft; or says why it cannot be.</summary>
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.ContinueAsNewWorkflowExecutionCommandAttributes;
        if (ContinueAsNewCheck.Of(attributes, batch.State, batch.Context) is { } refusal)
        {
            return refusal;
        }

        var run = new RunId(batch.Context.Ids.Next());
        var next = NextAttributes(attributes, batch.State, batch.Context);
        batch.Draft.Record(EventType.WorkflowExecutionContinuedAsNew, e =>
        {
            e.UserMetadata = command.UserMetadata;
            e.WorkflowExecutionContinuedAsNewEventAttributes = CloseAttributes(attributes, next, run, batch);
        });
        NextInChain.Begin(batch.Draft, run, next, attributes.BackoffStartInterval.OrZero());
        return null;
    }

    /// <summary>What the next run is told: all by the command, but for what it leaves empty of type, queue and
    /// timeouts. Memo, search attributes, retry policy and cron are not inherited.</summary>
    private static WorkflowExecutionStartedEventAttributes NextAttributes(
        ContinueAsNewWorkflowExecutionCommandAttributes command, RunState state, DecisionContext context)
    {
        var run = command.WorkflowRunTimeout.OrZero();
        var task = command.WorkflowTaskTimeout.OrZero();
        var timeouts = StartTimeouts.Resolve(
            state.Timeouts.Execution,
            run > TimeSpan.Zero ? run : state.Timeouts.Run,
            task > TimeSpan.Zero ? task : state.Timeouts.Task,
            context.Limits);
        var initiator = command.Initiator == ContinueAsNewInitiator.Unspecified
            ? ContinueAsNewInitiator.Workflow
            : command.Initiator;
        var attributes = new WorkflowExecutionStartedEventAttributes
        {
            WorkflowType = command.WorkflowType is { Name.Length: > 0 } type ? type : state.Started.WorkflowType,
            TaskQueue = new TaskQueue
            {
                Name = command.TaskQueue is { Name.Length: > 0 } queue ? queue.Name : state.Started.TaskQueue.Name,
                Kind = TaskQueueKind.Normal,
            },
            Input = command.Input,
            Header = command.Header,
            WorkflowRunTimeout = timeouts.Run.ToProto(),
            WorkflowTaskTimeout = timeouts.Task.ToProto(),
            RetryPolicy = command.RetryPolicy is null ? null : RetryPolicies.WithDefaults(command.RetryPolicy),
            CronSchedule = command.CronSchedule,
            Memo = command.Memo,
            SearchAttributes = RunSearchAttributes.Of(command.SearchAttributes, state.Key.Namespace, context),
            Attempt = initiator == ContinueAsNewInitiator.Retry ? state.Started.Attempt + 1 : 1,
            Initiator = initiator,
            ContinuedFailure = command.Failure,
            LastCompletionResult = command.LastCompletionResult,
        };
        attributes.CompletionCallbacks.AddRange(state.Nexus.CallbacksInOrder);
        Inheritance.Continue(attributes, state, command.InitialVersioningBehavior, context);
        return attributes;
    }

    private static WorkflowExecutionContinuedAsNewEventAttributes CloseAttributes(
        ContinueAsNewWorkflowExecutionCommandAttributes command,
        WorkflowExecutionStartedEventAttributes next,
        RunId run,
        CommandBatch batch) => new()
        {
            NewExecutionRunId = run.ToString(),
            WorkflowType = next.WorkflowType,
            TaskQueue = next.TaskQueue,
            Input = command.Input,
            WorkflowRunTimeout = next.WorkflowRunTimeout,
            WorkflowTaskTimeout = next.WorkflowTaskTimeout,
            WorkflowTaskCompletedEventId = batch.CompletedEventId,
            BackoffStartInterval = command.BackoffStartInterval,
            Initiator = next.Initiator,
            Failure = command.Failure,
            LastCompletionResult = command.LastCompletionResult,
            Header = command.Header,
            Memo = command.Memo,
            SearchAttributes = next.SearchAttributes,
        };
}
