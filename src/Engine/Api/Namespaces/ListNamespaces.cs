using System.Text;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using Google.Protobuf;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Namespaces;

/// <summary>All namespaces, by name.</summary>
internal sealed class ListNamespaces(NamespaceDirectory namespaces, NamespaceDescriptions descriptions)
    : IRpc<ListNamespacesRequest, ListNamespacesResponse>
{
    private const int DefaultPageSize = 100;

    public ValueTask<Answer<ListNamespacesResponse>> AnswerAsync(ListNamespacesRequest request, Call call) =>
        (Answer<ListNamespacesResponse>)List(request);

    private ListNamespacesResponse List(ListNamespacesRequest request)
    {
        var size = request.PageSize > 0 ? request.PageSize : DefaultPageSize;
        var withDeleted = request.NamespaceFilter?.IncludeDeleted ?? false;
        var after = request.NextPageToken.ToString(Encoding.UTF8);
        var response = new ListNamespacesResponse();
        var last = "";
        foreach (var ns in namespaces.All)
        {
            if ((ns.State == NamespaceState.Deleted && !withDeleted) || string.CompareOrdinal(ns.Name, after) <= 0)
            {
                continue;
            }

            if (response.Namespaces.Count == size)
            {
                response.NextPageToken = ByteString.CopyFromUtf8(last);
                break;
            }

            response.Namespaces.Add(descriptions.Describe(ns));
            last = ns.Name;
        }

        return response;
    }
}
