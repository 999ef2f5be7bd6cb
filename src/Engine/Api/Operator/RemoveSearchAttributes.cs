using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.OperatorService.V1;

namespace AugmentedOS.Engine.Api.Operator;

/// <summary>Takes search attributes from a namespace; runs keep the values, unseen.</summary>
internal sealed class RemoveSearchAttributes(NamespaceChanges changes)
    : IRpc<RemoveSearchAttributesRequest, RemoveSearchAttributesResponse>
{
    public async ValueTask<Answer<RemoveSearchAttributesResponse>> AnswerAsync(
        RemoveSearchAttributesRequest request, Call call)
    {
        if (request.SearchAttributes.Count == 0)
        {
            return Rejection.InvalidArgument("SearchAttributes are not set on request.");
        }

        if (request.Namespace.Length == 0)
        {
            return Rejection.InvalidArgument("Namespace is not set on request.");
        }

        var changed = await changes.UpdateAsync(request.Namespace, ns =>
            new SearchAttributeCatalog(ns.SearchAttributes).Remove(request.SearchAttributes)
                .TryGet(out var catalog, out var refusal)
                ? ns with { SearchAttributes = catalog.Custom }
                : refusal).ConfigureAwait(false);
        return changed.IsRefused ? changed.Refusal : new RemoveSearchAttributesResponse();
    }
}
