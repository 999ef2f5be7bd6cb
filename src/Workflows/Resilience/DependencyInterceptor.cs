using Temporalio.Activities;
using Temporalio.Worker.Interceptors;

namespace AugmentedOS.Workflows.Resilience;

/// <summary>Runs each activity through the circuit breaker and the limits of what it depends on. Added by
/// <see cref="DependencyWorkers.UseDependencies"/>.</summary>
/// <remarks>Heartbeats, cancellation and completion from outside are the activity's own and unaffected.</remarks>
public sealed class DependencyInterceptor : IWorkerInterceptor
{
    private readonly Dependencies _dependencies;

    /// <summary>Runs activities through these dependencies; it does not dispose them.</summary>
    public DependencyInterceptor(Dependencies dependencies)
    {
        ArgumentNullException.ThrowIfNull(dependencies);
        _dependencies = dependencies;
    }

    /// <inheritdoc/>
    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) =>
        new Inbound(nextInterceptor, _dependencies);

    private sealed class Inbound(ActivityInboundInterceptor next, Dependencies dependencies)
        : ActivityInboundInterceptor(next)
    {
        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) =>
            dependencies.Of(input.Activity) is { } pipeline
            ? pipeline.RunAsync(
                () => Next.ExecuteActivityAsync(input), ActivityExecutionContext.Current.CancellationToken)
            : Next.ExecuteActivityAsync(input);
    }
}
