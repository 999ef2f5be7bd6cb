using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Endpoints;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.OperatorService.V1;

namespace AugmentedOS.Engine.Api.Operator;

/// <summary>Deletes a namespace: its name is free at once, its runs go one after the other.</summary>
internal sealed class DeleteNamespace(
    INamespaceDirectory namespaces, NamespaceChanges changes, NamespaceReclaim reclaim, INexusEndpoints endpoints)
    : IRpc<DeleteNamespaceRequest, DeleteNamespaceResponse>
{
    private const string SystemNamespace = "temporal-system";
    private const int ShortestSuffix = 5;

    public async ValueTask<Answer<DeleteNamespaceResponse>> AnswerAsync(DeleteNamespaceRequest request, Call call)
    {
        if (Find(request, out var found) is { } refusal)
        {
            return refusal;
        }

        var changed = await changes
            .UpdateAsync(found.Name, ns => ns with { State = NamespaceState.Deleted, Name = FreedName(ns) })
            .ConfigureAwait(false);
        if (changed.IsRefused)
        {
            return changed.Refusal;
        }

        reclaim.Begin(changed.Namespace);
        return new DeleteNamespaceResponse { DeletedNamespace = changed.Namespace.Name };
    }

    /// <summary>As much of its id as no other has: ids of namespaces that were made soon after each other begin alike.</summary>
    private string FreedName(NamespaceInfo ns)
    {
        var id = ns.Id.ToString();
        return Enumerable.Range(ShortestSuffix, id.Length - ShortestSuffix)
            .Select(length => $"{ns.Name}{NamespaceReclaim.DeletedMark}{id[..length]}")
            .FirstOrDefault(name => !namespaces.TryFind(name, out _)) ?? $"{ns.Name}{NamespaceReclaim.DeletedMark}{id}";
    }

    private Rejection? Find(DeleteNamespaceRequest request, out NamespaceInfo found)
    {
        found = null!;
        var (name, id) = (request.Namespace, request.NamespaceId);
        if (name.Length == 0 && id.Length == 0)
        {
            return Rejection.InvalidArgument("namespace or namespace ID is required");
        }

        if (name.Length > 0 && id.Length > 0)
        {
            return Rejection.InvalidArgument("only one of namespace or namespace ID must be set");
        }

        if (name == SystemNamespace)
        {
            return Rejection.FailedPrecondition("unable to delete system namespace");
        }

        var isKnown = name.Length > 0
            ? namespaces.TryFind(name, out found!)
            : Guid.TryParse(id, out var parsed) && namespaces.TryFind(new NamespaceId(parsed), out found!);
        if (!isKnown)
        {
            return Rejection.InvalidArgument($"namespace {name}{id} is not found");
        }

        var target = found.Id;
        return endpoints.All.FirstOrDefault(endpoint => endpoint.TargetNamespace == target) is { } endpoint
            ? Rejection.FailedPrecondition(
                $"cannot delete a namespace that is a target of a Nexus endpoint {endpoint.Name}")
            : null;
    }
}
