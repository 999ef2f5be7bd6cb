using AugmentedOS.Workflows.Hosting;
using AugmentedOS.Workflows.Schedules;
using AugmentedOS.Workflows.Tests.Hosting;
using Temporalio.Client.Schedules;

namespace AugmentedOS.Workflows.Tests.Schedules;

/// <summary>What a declaration is refused for, before anything starts.</summary>
public sealed class ScheduleDeclarationTests
{
    private static readonly ScheduleSpec EveryHour = new() { Intervals = [new(TimeSpan.FromHours(1))] };

    private readonly WorkflowsBuilder _workflows = Apps.Builder(Apps.InMemory).AddWorkflows();

    [Fact]
    public void AddSchedule_WhenItHasNoSpec_SaysWhatToGive()
    {
        var problem = Refuse(() => _workflows.AddSchedule<NightlyWorkflow>("nightly", new ScheduleSpec()));

        Assert.StartsWith(
            "The schedule 'nightly' has no spec, so that it would never start anything", problem.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AddSchedule_WhenItsIdIsTaken_SaysSo()
    {
        _workflows.AddSchedule<NightlyWorkflow>("nightly", EveryHour);

        var problem = Refuse(() => _workflows.AddSchedule<NightlyWorkflow>("nightly", EveryHour));

        Assert.StartsWith("The schedule 'nightly' is declared twice", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddSchedule_WhenTheWorkflowNeedsArguments_AsksForTheCall()
    {
        var problem = Refuse(() => _workflows.AddSchedule<DemandingWorkflow>("nightly", EveryHour));

        Assert.Contains(
            "AddSchedule<DemandingWorkflow>(id, spec, workflow => workflow.RunAsync(...))", problem.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void AddSchedule_WhenTheCallIsNotOfTheRunMethod_SaysWhatToGive()
    {
        var problem = Refuse(
            () => _workflows.AddSchedule<NightlyWorkflow>("nightly", EveryHour, workflow => Task.CompletedTask));

        Assert.Contains(
            "workflow => workflow.RunAsync(...), and nothing else", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddSchedule_WhenItHasNoId_SaysSo()
    {
        var problem = Refuse(() => _workflows.AddSchedule<NightlyWorkflow>("", EveryHour));

        Assert.Contains("has no id", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AddSchedule_WhenCalled_EvaluatesTheArgumentsOnce()
    {
        var region = "north";

        _workflows.AddSchedule<NightlyWorkflow>("nightly", EveryHour, workflow => workflow.RunAsync(region));
        region = "south";

        Assert.Equal(["north"], _workflows.Declared<DeclaredSchedule>().Single().Arguments);
    }

    private static WorkflowsConfigurationException Refuse(Action declare) =>
        Assert.Throws<WorkflowsConfigurationException>(declare);
}
