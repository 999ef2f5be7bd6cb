using System.Text.RegularExpressions;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Nexus.Endpoints;
using Temporalio.Api.Nexus.V1;

namespace AugmentedOS.Engine.Api.Nexus;

/// <summary>Endpoints as operators describe and see them. All that is wrong with one is told at once.</summary>
internal sealed partial class EndpointSpecs(INamespaceDirectory namespaces, EngineLimits limits)
{
    /// <summary>Checks what an endpoint is to be.</summary>
    /// <param name="id">Its id, new or known.</param>
    public Rejection? Read(EndpointSpec? spec, Guid id, out NexusEndpoint wanted)
    {
        spec ??= new EndpointSpec();
        wanted = null!;
        var issues = new List<string>();
        CheckName(spec.Name, issues);
        NamespaceInfo? ns = null;
        switch (spec.Target?.VariantCase ?? EndpointTarget.VariantOneofCase.None)
        {
            case EndpointTarget.VariantOneofCase.Worker:
                if (CheckWorker(spec.Target!.Worker, issues, out ns) is { } missing)
                {
                    return missing;
                }

                break;
            case EndpointTarget.VariantOneofCase.External:
                CheckUrl(spec.Target!.External.Url, issues);
                break;
            default:
                issues.Add("empty target variant");
                return Refuse(issues);
        }

        if (spec.Description is { } description && description.CalculateSize() > limits.MaxEndpointDescriptionSize)
        {
            issues.Add($"description size exceeds limit of {limits.MaxEndpointDescriptionSize}");
        }

        if (issues.Count > 0)
        {
            return Refuse(issues);
        }

        wanted = new NexusEndpoint
        {
            Id = id,
            Name = spec.Name,
            Description = spec.Description,
            TargetNamespace = ns?.Id,
            TaskQueue = spec.Target.Worker?.TaskQueue ?? "",
            Url = spec.Target.External?.Url ?? "",
            CreatedAt = default,
            ModifiedAt = default,
        };
        return null;
    }

    public Endpoint Of(NexusEndpoint endpoint) => new()
    {
        Id = endpoint.Id.ToString("D"),
        Version = endpoint.Version,
        Spec = new EndpointSpec
        {
            Name = endpoint.Name,
            Description = endpoint.Description,
            Target = TargetOf(endpoint),
        },
        CreatedTime = endpoint.CreatedAt.ToTimestamp(),
        LastModifiedTime = endpoint.Version > 1 ? endpoint.ModifiedAt.ToTimestamp() : null,
        UrlPrefix = $"/nexus/endpoints/{endpoint.Id:D}/services",
    };

    /// <summary>What is wrong with an id, if it has to be one; null when nothing is.</summary>
    public static string? ProblemOfId(string id, out Guid parsed)
    {
        parsed = default;
        if (id.Length == 0)
        {
            return "endpoint ID not set";
        }

        if (Guid.TryParse(id, out parsed))
        {
            return null;
        }

        return id.Length is 32 or 36 or 38 or 45
            ? "malformed endpoint ID: \"invalid UUID format\""
            : $"malformed endpoint ID: \"invalid UUID length: {id.Length}\"";
    }

    private EndpointTarget TargetOf(NexusEndpoint endpoint) => endpoint.TargetNamespace is { } ns
        ? new EndpointTarget
        {
            Worker = new EndpointTarget.Types.Worker
            {
                Namespace = namespaces.TryFind(ns, out var found) ? found.Name : ns.ToString(),
                TaskQueue = endpoint.TaskQueue,
            },
        }
        : new EndpointTarget { External = new EndpointTarget.Types.External { Url = endpoint.Url } };

    private void CheckName(string name, List<string> issues)
    {
        if (name.Length == 0)
        {
            issues.Add("endpoint name not set");
            return;
        }

        if (Utf8Length.Of(name) > limits.MaxEndpointNameLength)
        {
            issues.Add($"endpoint name exceeds length limit of {limits.MaxEndpointNameLength}");
        }

        if (!Name().IsMatch(name))
        {
            issues.Add(@"endpoint name must match the regex: ""^[a-zA-Z][a-zA-Z0-9\\-]*[a-zA-Z0-9]$""");
        }
    }

    private Rejection? CheckWorker(EndpointTarget.Types.Worker worker, List<string> issues, out NamespaceInfo? ns)
    {
        ns = null;
        if (worker.Namespace.Length == 0)
        {
            issues.Add("target namespace not set");
        }
        else if (!namespaces.TryFind(worker.Namespace, out ns))
        {
            return Rejection.FailedPrecondition(
                "could not verify namespace referenced by target exists: "
                + Rejection.NamespaceNotFound(worker.Namespace).Message);
        }

        if (TaskQueueNames.Problem(worker.TaskQueue, limits) is { } problem)
        {
            issues.Add($"invalid target task queue: \"{problem}\"");
        }

        return null;
    }

    private void CheckUrl(string url, List<string> issues)
    {
        if (url.Length == 0)
        {
            issues.Add("empty target URL");
        }
        else if (Utf8Length.Of(url) > limits.MaxEndpointUrlLength)
        {
            issues.Add($"target URL length exceeds limit of {limits.MaxEndpointUrlLength}");
        }
        else if (!Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            // What has no scheme is an address to Go, with an empty one.
            issues.Add("invalid target URL scheme: \"\", expected http or https");
        }
        else if (address.Scheme is not ("http" or "https"))
        {
            issues.Add($"invalid target URL scheme: \"{address.Scheme}\", expected http or https");
        }
    }

    private static Rejection Refuse(List<string> issues) => Rejection.InvalidArgument(string.Join(", ", issues));

    [GeneratedRegex("^[a-zA-Z][a-zA-Z0-9\\-]*[a-zA-Z0-9]\\z", RegexOptions.CultureInvariant)]
    private static partial Regex Name();
}
