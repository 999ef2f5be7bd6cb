using Temporalio.Client.Schedules;

namespace AugmentedOS.Workflows.Schedules;

/// <summary>A schedule that the code wants to exist.</summary>
/// <param name="Workflow">The workflow's name.</param>
internal sealed record DeclaredSchedule(
    string Id,
    ScheduleSpec Spec,
    string Workflow,
    IReadOnlyCollection<object?> Arguments,
    WorkflowScheduleOptions Options);
