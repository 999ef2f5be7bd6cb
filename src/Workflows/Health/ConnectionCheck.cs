using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Health;

/// <summary>Asks for the namespace: an answer means that the server is there, lets this application in, and has
/// it.</summary>
internal sealed class ConnectionCheck(ITemporalClient client, ConnectionSettings settings) : IHealthCheck
{
    public async Task<HealthCheckResult> CheckHealthAsync(
        HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        var address = client.Connection.Options.TargetHost;
        try
        {
            // A connection that is being made does not know of the token.
            await client.Connection.ConnectAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            await client.WorkflowService.DescribeNamespaceAsync(
                new DescribeNamespaceRequest { Namespace = settings.Namespace },
                new RpcOptions { CancellationToken = cancellationToken, Retry = false }).ConfigureAwait(false);
            return HealthCheckResult.Healthy($"{settings.Profile} at {address}, namespace {settings.Namespace}");
        }
        catch (RpcException problem) when (problem.Code != RpcException.StatusCode.Cancelled)
        {
            return No(Why(problem, address), problem);
        }
        catch (InvalidOperationException problem)
        {
            return No($"No workflow server answers at {address}: {problem.Message}", problem);
        }

        HealthCheckResult No(string why, Exception problem) => new(context.Registration.FailureStatus, why, problem);
    }

    private string Why(RpcException problem, string? address) => problem.Code switch
    {
        RpcException.StatusCode.NotFound => $"The server at {address} has no namespace '{settings.Namespace}'.",
        RpcException.StatusCode.PermissionDenied or RpcException.StatusCode.Unauthenticated =>
            $"The server at {address} does not let this application into the namespace '{settings.Namespace}'; look at "
            + $"Workflows:ApiKey and Workflows:Tls: {problem.Message}",
        _ => $"The server at {address} does not answer as it should: {problem.Message}",
    };
}
