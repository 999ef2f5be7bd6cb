using AugmentedOS.Engine.Executions;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Visibility;

/// <summary>What the index of attribute values repeats of a run: where lists have it, and what nearly every query asks.</summary>
internal readonly record struct ListPlace(
    long CloseTime, long StartTime, WorkflowExecutionStatus Status, bool IsInDivision)
{
    /// <summary>Of what is no run: as one that queries over runs do not see.</summary>
    public static ListPlace OfEntity { get; } =
        new(VisibilitySchema.OpenCloseTime, 0, WorkflowExecutionStatus.Unspecified, IsInDivision: true);

    public static ListPlace Of(RunState state) => new(
        VisibilityClose.Of(state)?.Time.Ticks ?? VisibilitySchema.OpenCloseTime,
        state.StartedAt.Ticks,
        state.Status,
        SearchAttributeIndex.DivisionOf(state.SearchAttributes) is not null);

    public static ListPlace Of(VisibilityRecord record) => new(
        record.Close?.Time.Ticks ?? VisibilitySchema.OpenCloseTime,
        record.StartTime.Ticks,
        record.Status,
        SearchAttributeIndex.DivisionOf(record.SearchAttributes) is not null);
}
