using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Batch;
using AugmentedOS.Engine.Entities;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.Batch.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Batch;

/// <summary>The batch operations of a namespace, the latest first.</summary>
internal sealed class ListBatchOperations(NamespaceGate gate, EngineLimits limits, SqliteJournal journal)
    : IRpc<ListBatchOperationsRequest, ListBatchOperationsResponse>
{
    public ValueTask<Answer<ListBatchOperationsResponse>> AnswerAsync(ListBatchOperationsRequest request, Call call)
    {
        NamespaceInfo? ns = null;
        if ((BatchChecks.Enabled(limits.In(request.Namespace)) ?? gate.Enter(request.Namespace, out ns)) is { } refusal)
        {
            return (Answer<ListBatchOperationsResponse>)refusal;
        }

        var scope = new EntityScope(EntityKind.BatchOperation, ns!.Id, SearchAttributeCatalog.Empty, NoQueryNames.Instance);
        var listed = journal.Query(database =>
            EntityListing.List(database, scope, "", request.PageSize, request.NextPageToken));
        if (!listed.TryGet(out var page, out var wrong))
        {
            return (Answer<ListBatchOperationsResponse>)wrong;
        }

        var response = new ListBatchOperationsResponse { NextPageToken = page.NextPageToken };
        response.OperationInfo.AddRange(page.Entities.Select(InfoOf));
        return (Answer<ListBatchOperationsResponse>)response;
    }

    private static BatchOperationInfo InfoOf(StoredEntity stored)
    {
        var source = new ByteSource(stored.State.Span);
        var state = BatchType.Read(stored.Key, ref source);
        return new BatchOperationInfo
        {
            JobId = state.Key.Id,
            OperationType = state.Type,
            State = state.State,
            StartTime = state.StartedAt.ToTimestamp(),
            CloseTime = state.ClosedAt?.ToTimestamp(),
        };
    }
}
