using System.Collections.Immutable;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Checks;
using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Namespaces;

/// <summary>Makes a namespace.</summary>
internal sealed class RegisterNamespace(NamespaceChanges changes)
    : IRpc<RegisterNamespaceRequest, RegisterNamespaceResponse>
{
    public async ValueTask<Answer<RegisterNamespaceResponse>> AnswerAsync(RegisterNamespaceRequest request, Call call)
    {
        if (Check(request) is { } refusal)
        {
            return refusal;
        }

        var failure = await changes.RegisterAsync(request.Namespace, (id, now) => new NamespaceInfo
        {
            Id = id,
            Name = request.Namespace,
            Description = request.Description,
            OwnerEmail = request.OwnerEmail,
            Retention = request.WorkflowExecutionRetentionPeriod.OrZero(),
            CreatedAt = now,
            Data = request.Data.ToImmutableSortedDictionary(StringComparer.Ordinal),
        }).ConfigureAwait(false);
        return failure is null ? new RegisterNamespaceResponse() : failure;
    }

    private static Rejection? Check(RegisterNamespaceRequest request)
    {
        if (request.Namespace.Length == 0)
        {
            return Rejection.InvalidArgument("Namespace is not set on request.");
        }

        if (Lengths.Exceeds(request.Namespace))
        {
            return Rejection.InvalidArgument("Namespace length exceeds limit.");
        }

        return request.IsGlobalNamespace
            ? Rejection.InvalidArgument("Cannot register global namespace when not enabled")
            : RetentionCheck.Check(request.WorkflowExecutionRetentionPeriod);
    }
}
