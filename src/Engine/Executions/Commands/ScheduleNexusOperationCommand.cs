using AugmentedOS.Engine.Executions.Nexus;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Calls an operation of a Nexus service.</summary>
internal static class ScheduleNexusOperationCommand
{
    private const string Name = "ScheduleNexusOperationCommandAttributes";

    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.ScheduleNexusOperationCommandAttributes;
        if (attributes is null)
        {
            return Bad($"empty {Name}");
        }

        var requestId = batch.Context.Ids.Next().ToString("D");
        var failure = FindEndpoint(batch, attributes, requestId, out var endpointId)
            ?? Check(attributes, batch.Context.Limits)
            ?? CheckCount(batch);
        if (failure is not null)
        {
            return failure;
        }

        batch.Draft.Record(EventType.NexusOperationScheduled, e =>
        {
            e.NexusOperationScheduledEventAttributes = ToEvent(batch, attributes, requestId, endpointId);
            e.UserMetadata = command.UserMetadata;
        });
        return null;
    }

    private static CommandFailure? FindEndpoint(
        CommandBatch batch, ScheduleNexusOperationCommandAttributes attributes, string requestId, out string endpointId)
    {
        endpointId = "";
        if (attributes.Endpoint != SystemEndpoint.Name)
        {
            if (!batch.Context.Endpoints.TryFind(attributes.Endpoint, out var endpoint))
            {
                return Bad($"endpoint \"{attributes.Endpoint}\" not found");
            }

            endpointId = endpoint.Id.ToString("D");
            return null;
        }

        if (attributes.NexusHeader.Count > 0)
        {
            return Bad($"{Name}.NexusHeader must be empty when using {SystemEndpoint.Name} endpoint");
        }

        if (!batch.Context.Namespaces.TryFind(batch.State.Key.Namespace, out var ns))
        {
            return Bad("the workflow's namespace is gone");
        }

        var problem = SystemEndpoint.Problem(
            attributes.Service, attributes.Operation, attributes.Input, requestId, ns, batch.Context);
        return problem is null ? null : Bad(problem);
    }

    private static CommandFailure? Check(ScheduleNexusOperationCommandAttributes attributes, EngineLimits limits)
    {
        if (Utf8Length.Of(attributes.Service) > limits.MaxNexusServiceLength)
        {
            return Bad($"{Name}.Service exceeds length limit of {limits.MaxNexusServiceLength}");
        }

        if (Utf8Length.Of(attributes.Operation) > limits.MaxNexusOperationLength)
        {
            return Bad($"{Name}.Operation exceeds length limit of {limits.MaxNexusOperationLength}");
        }

        var timeout = Problem(attributes.ScheduleToCloseTimeout, "ScheduleToCloseTimeout")
            ?? Problem(attributes.ScheduleToStartTimeout, "ScheduleToStartTimeout")
            ?? Problem(attributes.StartToCloseTimeout, "StartToCloseTimeout");
        if (timeout is not null)
        {
            return Bad(timeout);
        }

        if (attributes.Endpoint != SystemEndpoint.Name && attributes.Input?.CalculateSize() > limits.BlobSizeError)
        {
            return Bad($"{Name}.Input exceeds size limit") with { TerminatesRun = true };
        }

        return NexusHeaders.Problem(attributes.NexusHeader, limits) switch
        {
            { DisallowedKey: { } key } => Bad($"{Name}.NexusHeader contains a disallowed header key: \"{key}\""),
            { IsTooLarge: true } => Bad($"{Name}.NexusHeader exceeds size limit"),
            _ => null,
        };
    }

    private static CommandFailure? CheckCount(CommandBatch batch)
    {
        var limit = batch.Context.Limits.MaxPendingNexusOperations;
        return batch.State.Nexus.Operations.Count >= limit
            ? new CommandFailure(
                WorkflowTaskFailedCause.PendingNexusOperationsLimitExceeded,
                $"workflow has reached the pending nexus operation limit of {limit} for this namespace")
            : null;
    }

    private static NexusOperationScheduledEventAttributes ToEvent(
        CommandBatch batch, ScheduleNexusOperationCommandAttributes attributes, string requestId, string endpointId)
    {
        var times = NexusTimes.Of(
            attributes.ScheduleToCloseTimeout,
            attributes.ScheduleToStartTimeout,
            attributes.StartToCloseTimeout,
            batch.State.Timeouts.Run,
            batch.Context.Limits);
        var scheduled = new NexusOperationScheduledEventAttributes
        {
            Endpoint = attributes.Endpoint,
            EndpointId = endpointId,
            Service = attributes.Service,
            Operation = attributes.Operation,
            Input = attributes.Input,
            ScheduleToCloseTimeout = times.ScheduleToClose,
            ScheduleToStartTimeout = times.ScheduleToStart,
            StartToCloseTimeout = times.StartToClose,
            RequestId = requestId,
            WorkflowTaskCompletedEventId = batch.CompletedEventId,
        };
        NexusHeaders.CopyInLowerCase(attributes.NexusHeader, scheduled.NexusHeader);
        return scheduled;
    }

    private static string? Problem(Duration? timeout, string field) =>
        timeout.Problem() is { } problem ? $"{Name}.{field} is invalid: {problem}" : null;

    private static CommandFailure Bad(string message) =>
        new(WorkflowTaskFailedCause.BadScheduleNexusOperationAttributes, message);
}
