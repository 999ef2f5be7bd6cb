using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.OperatorService.V1;

namespace AugmentedOS.Engine.Api.Operator;

/// <summary>Gives a namespace search attributes, usable at once.</summary>
internal sealed class AddSearchAttributes(NamespaceChanges changes)
    : IRpc<AddSearchAttributesRequest, AddSearchAttributesResponse>
{
    public async ValueTask<Answer<AddSearchAttributesResponse>> AnswerAsync(
        AddSearchAttributesRequest request, Call call)
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
            new SearchAttributeCatalog(ns.SearchAttributes).Add(request.SearchAttributes)
                .TryGet(out var catalog, out var refusal)
                ? ns with { SearchAttributes = catalog.Custom }
                : refusal).ConfigureAwait(false);
        return changed.IsRefused ? changed.Refusal : new AddSearchAttributesResponse();
    }
}
