using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Namespaces;

/// <summary>One namespace by name or id. Workers call it when they start.</summary>
internal sealed class DescribeNamespace(INamespaceDirectory namespaces, NamespaceDescriptions descriptions)
    : IRpc<DescribeNamespaceRequest, DescribeNamespaceResponse>
{
    public ValueTask<Answer<DescribeNamespaceResponse>> AnswerAsync(DescribeNamespaceRequest request, Call call) =>
        Describe(request);

    private Answer<DescribeNamespaceResponse> Describe(DescribeNamespaceRequest request)
    {
        if (request.Namespace.Length == 0 && request.Id.Length == 0)
        {
            return Rejection.InvalidArgument("Namespace is not set on request.");
        }

        if (request.Namespace.Length > 0 && request.Id.Length > 0)
        {
            return Rejection.InvalidArgument(
                "GetNamespace operation failed. Both ID and Name specified in request.");
        }

        return Find(request) is { } found
            ? descriptions.Describe(found)
            : Rejection.NamespaceNotFound(request.Namespace.Length > 0 ? request.Namespace : request.Id);
    }

    private NamespaceInfo? Find(DescribeNamespaceRequest request)
    {
        if (request.Namespace.Length > 0)
        {
            return namespaces.TryFind(request.Namespace, out var named) ? named : null;
        }

        return Guid.TryParse(request.Id, out var id) && namespaces.TryFind(new NamespaceId(id), out var found)
            ? found
            : null;
    }
}
