using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Changes the run's search attributes; a null or empty payload removes its attribute.</summary>
internal static class UpsertSearchAttributesCommand
{
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.UpsertWorkflowSearchAttributesCommandAttributes?.SearchAttributes;
        if (attributes is null)
        {
            return Bad("SearchAttributes is not set on UpsertWorkflowSearchAttributesCommand.");
        }

        if (attributes.IndexedFields.Count == 0)
        {
            return Bad("IndexedFields is not set on UpsertWorkflowSearchAttributesCommand.");
        }

        if (!batch.Context.Namespaces.TryFind(batch.State.Key.Namespace, out var ns))
        {
            return Bad($"Namespace {batch.State.Key.Namespace} is not found.");
        }

        var catalog = new SearchAttributeCatalog(ns.SearchAttributes);
        if (SearchAttributeValues.Check(
            attributes, catalog, ns.Name, RunSearchAttributes.LimitsOf(batch.Context.Limits)) is { } rejection)
        {
            return Bad(rejection.Message);
        }

        batch.Draft.Record(EventType.UpsertWorkflowSearchAttributes, e =>
        {
            e.UpsertWorkflowSearchAttributesEventAttributes = new UpsertWorkflowSearchAttributesEventAttributes
            {
                SearchAttributes = SearchAttributeValues.NormalizeUpsert(attributes, catalog),
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
            };
            e.UserMetadata = command.UserMetadata;
        });
        return null;
    }

    private static CommandFailure Bad(string message) => new(WorkflowTaskFailedCause.BadSearchAttributes, message);
}
