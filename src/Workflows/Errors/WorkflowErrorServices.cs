using Microsoft.Extensions.DependencyInjection;

namespace AugmentedOS.Workflows.Errors;

/// <summary>Errors of workflows in a web application.</summary>
public static class WorkflowErrorServices
{
    /// <summary>Has the application answer failed calls of workflows with problem details (RFC 9457). It takes effect
    /// with <c>app.UseExceptionHandler()</c>.</summary>
    public static IServiceCollection AddWorkflowProblems(this IServiceCollection services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return services.AddProblemDetails().AddExceptionHandler<WorkflowExceptionHandler>();
    }
}
