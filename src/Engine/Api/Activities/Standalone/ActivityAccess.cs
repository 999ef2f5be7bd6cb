using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Activities.Standalone;

/// <summary>The way in to activities that no workflow scheduled.</summary>
internal sealed class ActivityAccess(NamespaceGate gate, IExecutions executions, EngineLimits limits, IIdSource ids)
{
    public EngineLimits Limits { get; } = limits;

    public static Rejection Disabled { get; } = Rejection.Unimplemented("Standalone activity is disabled");

    private static Rejection CommandsDisabled { get; } =
        Rejection.Unimplemented("Standalone activity operator commands are disabled");

    public Rejection? Enter(string name, out NamespaceInfo ns)
    {
        ns = null!;
        return Limits.Features.StandaloneActivities ? gate.Enter(name, out ns) : Disabled;
    }

    /// <summary>For what operators do to activities: those of workflows can be reached whatever is switched off.</summary>
    /// <param name="problem">What is wrong with the request; null when nothing is.</param>
    public Rejection? EnterToCommand(string name, string workflowId, string? problem, out NamespaceInfo ns)
    {
        ns = null!;
        if (workflowId.Length == 0 && !Limits.Features.StandaloneActivities)
        {
            return Disabled;
        }

        if (workflowId.Length == 0 && !Limits.Features.StandaloneActivityCommands)
        {
            return CommandsDisabled;
        }

        return problem is null ? gate.Enter(name, out ns) : Rejection.InvalidArgument(problem);
    }

    /// <summary>A request without an id cannot be told from its repetition.</summary>
    public string RequestIdOf(string given) => given.Length > 0 ? given : ids.Next().ToString("D");

    public static WorkflowKey KeyOf(NamespaceInfo ns, string activityId) =>
        new(IdSpaces.ActivitiesOf(ns.Id), activityId);

    public static RunId? RunOf(string runId) => RunId.TryParse(runId, out var run) ? run : null;

    /// <summary>What workflows' own requests come to is told in their own words.</summary>
    public async Task<Outcome> SubmitAsync(Input input, string activityId, bool isOfWorkflow = false)
    {
        var outcome = await executions.SubmitAsync(input).ConfigureAwait(false);
        return !isOfWorkflow && outcome.Rejection is { } rejection
            ? outcome with { Rejection = Translate(rejection, activityId) }
            : outcome;
    }

    /// <summary>What is missing is called an activity here.</summary>
    public static Rejection Translate(Rejection rejection, string activityId) =>
        rejection.Code == StatusCode.NotFound
            ? Rejection.NotFound($"activity not found for ID: {activityId}")
            : rejection;
}
