using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Errors;

/// <summary>Answers a failed call of a workflow with problem details: status, <c>Retry-After</c> and body as
/// <see cref="ProblemErrors.ToProblemDetails"/> says. Other exceptions are left to the handlers after it.</summary>
/// <remarks>Added by <see cref="WorkflowErrorServices.AddWorkflowProblems"/>; the middleware
/// (<c>app.UseExceptionHandler()</c>) calls it.</remarks>
internal sealed class WorkflowExceptionHandler(IProblemDetailsService problems) : IExceptionHandler
{
    public async ValueTask<bool> TryHandleAsync(
        HttpContext httpContext, Exception exception, CancellationToken cancellationToken)
    {
        // What the SDK throws is about a workflow; what else an endpoint throws is its own affair.
        if (exception is not TemporalException)
        {
            return false;
        }

        var error = WorkflowError.From(exception);
        httpContext.Response.StatusCode = (int)error.HttpStatus;
        if (error.RetryAfter is { } delay)
        {
            httpContext.Response.Headers.RetryAfter = ProblemErrors.Seconds(delay)
                .ToString(CultureInfo.InvariantCulture);
        }

        return await problems.TryWriteAsync(new()
        {
            HttpContext = httpContext,
            ProblemDetails = error.ToProblemDetails(),
        }).ConfigureAwait(false);
    }
}
