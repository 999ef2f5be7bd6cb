using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Namespaces;

/// <summary>Lets what runs in a namespace go on, and nothing new begin.</summary>
internal sealed class DeprecateNamespace(NamespaceChanges changes)
    : IRpc<DeprecateNamespaceRequest, DeprecateNamespaceResponse>
{
    public async ValueTask<Answer<DeprecateNamespaceResponse>> AnswerAsync(
        DeprecateNamespaceRequest request, Call call)
    {
        if (request.Namespace.Length == 0)
        {
            return Rejection.InvalidArgument("Namespace is not set on request.");
        }

        var changed = await changes
            .UpdateAsync(request.Namespace, ns => ns with { State = NamespaceState.Deprecated })
            .ConfigureAwait(false);
        return changed.IsRefused ? changed.Refusal : new DeprecateNamespaceResponse();
    }
}
