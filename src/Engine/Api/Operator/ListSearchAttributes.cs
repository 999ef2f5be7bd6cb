using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.OperatorService.V1;

namespace AugmentedOS.Engine.Api.Operator;

/// <summary>The search attributes of a namespace; the built-in ones alone when none is named.</summary>
internal sealed class ListSearchAttributes(INamespaceDirectory namespaces)
    : IRpc<ListSearchAttributesRequest, ListSearchAttributesResponse>
{
    public ValueTask<Answer<ListSearchAttributesResponse>> AnswerAsync(
        ListSearchAttributesRequest request, Call call) => List(request.Namespace);

    private Answer<ListSearchAttributesResponse> List(string name)
    {
        if (name.Length == 0)
        {
            return SearchAttributeCatalog.Empty.ToListResponse();
        }

        return namespaces.TryFind(name, out var ns)
            ? new SearchAttributeCatalog(ns.SearchAttributes).ToListResponse()
            : Rejection.NamespaceNotFound(name);
    }
}
