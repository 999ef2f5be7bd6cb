using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;
using DeleteNamespaceRequest = Temporalio.Api.OperatorService.V1.DeleteNamespaceRequest;

namespace AugmentedOS.Engine.Api.Admission;

/// <summary>Which namespace a call is about, however its request says so; and whether it waits.</summary>
internal static class CallTarget
{
    /// <summary>The name that the request gives; else that of the namespace whose id it gives, or of its task's. Empty
    /// when there is none.</summary>
    public static string NamespaceOf<TRequest>(TRequest request, INamespaceDirectory namespaces)
        where TRequest : class
    {
        var name = CallTags.NamespaceOf(request);
        if (name.Length > 0)
        {
            return name;
        }

        var id = request switch
        {
            DescribeNamespaceRequest describe => Parse(describe.Id),
            DeleteNamespaceRequest delete => Parse(delete.NamespaceId),
            _ => TaskTokens<TRequest>.NamespaceOf(request),
        };
        return id is { } known && namespaces.TryFind(known, out var found) ? found.Name : "";
    }

    /// <summary>Some methods wait only when they are asked to.</summary>
    public static bool Waits<TRequest>(TRequest request) => request switch
    {
        GetWorkflowExecutionHistoryRequest history => history.WaitNewEvent,
        DescribeActivityExecutionRequest activity => !activity.LongPollToken.IsEmpty,
        DescribeNexusOperationExecutionRequest operation => !operation.LongPollToken.IsEmpty,
        _ => true,
    };

    /// <summary>Whether all parts of the request are about the namespace that it names.</summary>
    public static bool IsOneNamespace<TRequest>(TRequest request, string ns) =>
        request is not ExecuteMultiOperationRequest many || many.Operations.All(operation =>
            (operation.StartWorkflow?.Namespace ?? ns) is var start && (start.Length == 0 || start == ns)
            && (operation.UpdateWorkflow?.Namespace ?? ns) is var update && (update.Length == 0 || update == ns));

    private static NamespaceId? Parse(string id) => Guid.TryParse(id, out var parsed) ? new NamespaceId(parsed) : null;
}
