using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Temporalio.Client;
using Temporalio.Client.Schedules;
using Temporalio.Extensions.Hosting;

namespace AugmentedOS.Workflows.Schedules;

/// <summary>Makes plans of declarations: fills in what they leave to the application.</summary>
internal sealed class SchedulePlans(ITemporalClient client, IServiceProvider services)
{
    /// <exception cref="WorkflowsConfigurationException">Nothing says on which task queue.</exception>
    public SchedulePlan For(DeclaredSchedule declaration)
    {
        var options = (WorkflowOptions)declaration.Options.Workflow.Clone();
        options.Id ??= declaration.Id;
        options.TaskQueue ??= TaskQueueOf(declaration);
        var action = new ScheduleActionStartWorkflow(declaration.Workflow, declaration.Arguments, options);
        var schedule = new Schedule(action, declaration.Spec)
        {
            Policy = declaration.Options.Policy,
            State = new ScheduleState { Paused = declaration.Options.CreatePaused },
        };
        var fingerprint = ScheduleFingerprint.Of(action, schedule, client.Options.DataConverter.PayloadConverter);
        options.Memo = new Dictionary<string, object>(options.Memo ?? new Dictionary<string, object>())
        {
            [ScheduleFingerprint.Memo] = fingerprint,
        };
        return new SchedulePlan(schedule, fingerprint);
    }

    private string TaskQueueOf(DeclaredSchedule declaration)
    {
        var monitor = services.GetRequiredService<IOptionsMonitor<TemporalWorkerServiceOptions>>();
        var queues = services.GetServices<DeclaredWorker>()
            .Where(worker => monitor.Get(worker.OptionsName).Workflows.Any(workflow => workflow.Name
                == declaration.Workflow))
            .Select(worker => worker.TaskQueue)
            .Distinct()
            .ToList();
        return queues switch
        {
            [var only] => only,
            [] => throw new WorkflowsConfigurationException(
                $"The schedule '{declaration.Id}' starts {declaration.Workflow}, which no worker of this application "
                + "has: add it to one with AddWorker(...).AddWorkflow<T>(), or say where, with schedule => "
                + "schedule.Workflow.TaskQueue = \"...\"."),
            _ => throw new WorkflowsConfigurationException(
                $"The schedule '{declaration.Id}' starts {declaration.Workflow}, which workers on "
                + $"{string.Join(", ", queues)} have: say which, with schedule => schedule.Workflow.TaskQueue = "
                + "\"...\"."),
        };
    }
}
