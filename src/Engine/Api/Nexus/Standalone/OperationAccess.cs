using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime;
using Grpc.Core;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>The way in to operations that no workflow called.</summary>
internal sealed class OperationAccess(NamespaceGate gate, IExecutions executions, EngineLimits limits)
{
    public EngineLimits Limits { get; } = limits;

    public Rejection? Enter(string name, out NamespaceInfo ns)
    {
        ns = null!;
        return OperationChecks.Disabled(Limits.In(name)) ?? gate.Enter(name, out ns);
    }

    public static WorkflowKey KeyOf(NamespaceInfo ns, string operationId) =>
        new(IdSpaces.NexusOperationsOf(ns.Id), operationId);

    public static RunId? RunOf(string runId) => RunId.TryParse(runId, out var run) ? run : null;

    public async Task<Outcome> SubmitAsync(Input input, string operationId)
    {
        var outcome = await executions.SubmitAsync(input).ConfigureAwait(false);
        return outcome.Rejection is { } rejection ? outcome with { Rejection = Translate(rejection, operationId) } : outcome;
    }

    /// <summary>What is missing is called an operation here.</summary>
    public static Rejection Translate(Rejection rejection, string operationId) =>
        rejection.Code == StatusCode.NotFound
            ? Rejection.NotFound($"operation not found for ID: {operationId}")
            : rejection;
}
