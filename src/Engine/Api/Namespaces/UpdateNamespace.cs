using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Namespaces;

/// <summary>Changes a namespace; what is empty in the request stays.</summary>
internal sealed class UpdateNamespace(NamespaceChanges changes, NamespaceDescriptions descriptions, TimeProvider time)
    : IRpc<UpdateNamespaceRequest, UpdateNamespaceResponse>
{
    public async ValueTask<Answer<UpdateNamespaceResponse>> AnswerAsync(UpdateNamespaceRequest request, Call call)
    {
        if (request.Namespace.Length == 0)
        {
            return Rejection.InvalidArgument("Namespace is not set on request.");
        }

        var now = Instant.From(time.GetUtcNow());
        var changed = await changes
            .UpdateAsync(request.Namespace, ns => NamespaceUpdate.Apply(ns, request, now))
            .ConfigureAwait(false);
        return changed.IsRefused ? changed.Refusal : descriptions.DescribeUpdated(changed.Namespace);
    }
}
