using Temporalio.Api.Command.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Executions.Commands;

/// <summary>Records a marker: a fact of the workflow's own, such as a local activity's result or a patch.</summary>
internal static class RecordMarkerCommand
{
    public static CommandFailure? Apply(CommandBatch batch, Command command)
    {
        var attributes = command.RecordMarkerCommandAttributes;
        if (attributes is null || attributes.MarkerName.Length == 0)
        {
            return Bad("MarkerName is not set on RecordMarkerCommand.");
        }

        if (attributes.MarkerName.Length > batch.Context.Limits.MaxIdLength)
        {
            return Bad($"MarkerName on RecordMarkerCommand exceeds length limit. MarkerName={attributes.MarkerName} "
                + $"Length={attributes.MarkerName.Length} Limit={batch.Context.Limits.MaxIdLength}");
        }

        if (attributes.Details.Values.Sum(details => (long)details.CalculateSize())
            > batch.Context.Limits.BlobSizeError)
        {
            return Bad("RecordMarkerCommandAttributes.Details exceeds size limit.") with { TerminatesRun = true };
        }

        batch.Draft.Record(EventType.MarkerRecorded, e =>
        {
            e.MarkerRecordedEventAttributes = new MarkerRecordedEventAttributes
            {
                MarkerName = attributes.MarkerName,
                WorkflowTaskCompletedEventId = batch.CompletedEventId,
                Header = attributes.Header,
                Failure = attributes.Failure,
            };
            e.MarkerRecordedEventAttributes.Details.Add(attributes.Details);
            e.UserMetadata = command.UserMetadata;
        });
        return null;
    }

    private static CommandFailure Bad(string message) =>
        new(WorkflowTaskFailedCause.BadRecordMarkerAttributes, message);
}
