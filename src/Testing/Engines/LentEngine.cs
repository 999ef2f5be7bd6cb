using AugmentedOS.Testing.Time;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.OperatorService.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Testing.Engines;

/// <summary>An engine in a process that one test has to itself and then another: a process takes a second to start, and
/// its first workflow another. Each test has a namespace of its own, unless it names one; then it finds that
/// empty.</summary>
/// <remarks>Its time goes on where the test before had skipped to.</remarks>
internal sealed class LentEngine(EngineLending lending) : TestEngine
{
    /// <summary>The engine's own; it cannot be deleted.</summary>
    private const string SystemNamespace = "temporal-system";

    /// <summary>What the SDK takes where none is named.</summary>
    private const string NoNamespace = "default";

    private static readonly TimeSpan Retention = TimeSpan.FromDays(3650);

    internal override async Task<IRunningEngine> StartAsync(TemporalClientConnectOptions client)
    {
        if (client.Namespace == NoNamespace)
        {
            client.Namespace = $"test-{Guid.NewGuid():N}";
        }

        var process = await lending.TakeAsync(client.Namespace).ConfigureAwait(false);
        try
        {
            client.TargetHost = process.Address;
            var connected = await TemporalClient.ConnectAsync(client).ConfigureAwait(false);
            await HaveNamespaceAsync(connected).ConfigureAwait(false);
            return new Running(lending, process, connected);
        }
        catch
        {
            await lending.RetireAsync(process).ConfigureAwait(false);
            throw;
        }
    }

    private static async Task HaveNamespaceAsync(TemporalClient client)
    {
        try
        {
            await client.WorkflowService.RegisterNamespaceAsync(new RegisterNamespaceRequest
            {
                Namespace = client.Options.Namespace,
                WorkflowExecutionRetentionPeriod = Duration.FromTimeSpan(Retention),
            }).ConfigureAwait(false);
        }
        catch (RpcException first) when (first.Code == RpcException.StatusCode.AlreadyExists)
        {
            // The process has just started: with it.
        }
    }

    private sealed class Running(EngineLending lending, RunningProcess process, ITemporalClient client) : IRunningEngine
    {
        public ITemporalClient Client => client;

        public bool SkipsTime => true;

        public bool IsOwn => true;

        public Task CrashAsync() => process.CrashAsync();

        public async ValueTask DisposeAsync()
        {
            // A wait that goes on would lock or unlock time for the next.
            if (TimeLock.Of(client.Connection).IsAtRest && await TryClearAsync().ConfigureAwait(false))
            {
                lending.Return(process);
            }
            else
            {
                await lending.RetireAsync(process).ConfigureAwait(false);
            }
        }

        /// <returns>False when a namespace is held, as by an endpoint for Nexus.</returns>
        private async Task<bool> TryClearAsync()
        {
            try
            {
                var listed = await client.WorkflowService.ListNamespacesAsync(new ListNamespacesRequest())
                    .ConfigureAwait(false);
                foreach (var name in listed.Namespaces.Select(ns => ns.NamespaceInfo.Name)
                    .Where(name => name is not (SystemNamespace or NoNamespace)))
                {
                    await client.OperatorService.DeleteNamespaceAsync(new DeleteNamespaceRequest { Namespace = name })
                        .ConfigureAwait(false);
                }

                return listed.NextPageToken.IsEmpty;
            }
            catch (RpcException)
            {
                return false;
            }
        }
    }
}
