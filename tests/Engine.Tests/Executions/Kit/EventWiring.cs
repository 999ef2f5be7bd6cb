using AugmentedOS.Engine.Executions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Common.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>Fills in what a test did not state: references to earlier events, and what an event always has.</summary>
internal static class EventWiring
{
    public static void FillIn(HistoryEvent happened, RunState state)
    {
        FillInDefaults(happened, state);
        if (Events.AttributesOf(happened) is not { } attributes)
        {
            return;
        }

        if (happened.EventType.ToString().StartsWith("WorkflowTask", StringComparison.Ordinal))
        {
            Set(attributes, "scheduled_event_id", state.Task?.ScheduledEventId ?? 0);
            Set(attributes, "started_event_id", state.Task?.StartedEventId ?? 0);
        }
        else if (state.Activities.Count == 1)
        {
            Set(attributes, "scheduled_event_id", state.Activities.Keys.Single());
        }
        else if (state.Nexus.Operations.Count == 1)
        {
            Set(attributes, "scheduled_event_id", state.Nexus.Operations.Keys.Single());
        }

        Set(attributes, "workflow_task_completed_event_id", state.LastCompletedTaskEventId);
    }

    private static void FillInDefaults(HistoryEvent happened, RunState state)
    {
        if (happened.WorkflowTaskScheduledEventAttributes is { } task)
        {
            task.TaskQueue ??= state.Started.TaskQueue;
            task.StartToCloseTimeout ??= state.Started.WorkflowTaskTimeout;
            task.Attempt = Math.Max(task.Attempt, 1);
        }
        else if (happened.ActivityTaskScheduledEventAttributes is { } activity)
        {
            activity.ActivityId = activity.ActivityId.Length > 0 ? activity.ActivityId : "activity";
            activity.ActivityType ??= new ActivityType { Name = "Activity" };
            activity.TaskQueue ??= state.Started.TaskQueue;
            activity.ScheduleToCloseTimeout ??= new Duration();
            activity.ScheduleToStartTimeout ??= new Duration();
            activity.StartToCloseTimeout ??= 1.Hours().ToProto();
            activity.HeartbeatTimeout ??= new Duration();
            activity.RetryPolicy = RetryPolicies.WithDefaults(activity.RetryPolicy);
        }
        else if (happened.TimerStartedEventAttributes is { } timer)
        {
            timer.StartToFireTimeout ??= 1.Hours().ToProto();
        }
    }

    private static void Set(IMessage attributes, string name, long eventId)
    {
        if (attributes.Descriptor.FindFieldByName(name) is { } field && (long)field.Accessor.GetValue(attributes) == 0)
        {
            field.Accessor.SetValue(attributes, eventId);
        }
    }
}
