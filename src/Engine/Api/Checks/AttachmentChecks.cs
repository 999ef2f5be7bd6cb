using Temporalio.Api.Common.V1;
using Temporalio.Api.Sdk.V1;

namespace AugmentedOS.Engine.Api.Checks;

/// <summary>What a request may bring along: links, callbacks, metadata, a priority.</summary>
internal static class AttachmentChecks
{
    private const int MaxFairnessKey = 64;
    private const int MaxCallbacks = 32;
    private const int MaxCallbackUrl = 1000;
    private const int MaxCallbackHeaders = 8 * 1024;
    private const int MaxLinks = 10;
    private const int MaxLinkSize = 4000;
    private const int MaxSummary = 400;
    private const int MaxDetails = 20_000;

    public static Rejection? Check(Priority? priority)
    {
        if (priority is null)
        {
            return null;
        }

        if (priority.PriorityKey < 0)
        {
            return Rejection.InvalidArgument("priority key can't be negative");
        }

        if (Lengths.Exceeds(priority.FairnessKey, MaxFairnessKey))
        {
            return Rejection.InvalidArgument("fairness key length exceeds limit");
        }

        return priority.FairnessWeight < 0 ? Rejection.InvalidArgument("must be greater than zero") : null;
    }

    public static Rejection? Check(IReadOnlyList<Callback> callbacks)
    {
        if (callbacks.Count == 0)
        {
            return null;
        }

        if (callbacks.Count > MaxCallbacks)
        {
            return Rejection.InvalidArgument(
                $"cannot attach more than {MaxCallbacks} callbacks to a workflow");
        }

        foreach (var callback in callbacks)
        {
            if (callback.Nexus is null)
            {
                return Rejection.Unimplemented($"unknown callback variant: {callback.VariantCase}");
            }

            if (Lengths.Exceeds(callback.Nexus.Url, MaxCallbackUrl))
            {
                return Rejection.InvalidArgument(
                    "invalid url: url length longer than max length allowed of " + MaxCallbackUrl);
            }

            if (HeaderSize(callback.Nexus) > MaxCallbackHeaders)
            {
                return Rejection.InvalidArgument(
                    "invalid header: header size longer than max allowed size of " + MaxCallbackHeaders);
            }
        }

        // No host is on the list of addresses that may be called back: calling back is not built yet.
        return Rejection.InvalidArgument("invalid url: url does not match any configured callback address");
    }

    public static Rejection? Check(IReadOnlyList<Link> links)
    {
        if (links.Count > MaxLinks)
        {
            return Rejection.InvalidArgument(
                $"cannot attach more than {MaxLinks} links per request, got {links.Count}");
        }

        foreach (var link in links)
        {
            if (CheckLink(link) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    public static Rejection? Check(UserMetadata? metadata)
    {
        if (metadata?.Summary?.CalculateSize() > MaxSummary)
        {
            return Rejection.InvalidArgument(
                $"workflow summary size exceeds limit: {metadata.Summary.CalculateSize()}/{MaxSummary}");
        }

        return metadata?.Details?.CalculateSize() > MaxDetails
            ? Rejection.InvalidArgument(
                $"workflow details size exceeds limit: {metadata.Details.CalculateSize()}/{MaxDetails}")
            : null;
    }

    private static Rejection? CheckLink(Link link)
    {
        var size = link.CalculateSize();
        if (size > MaxLinkSize)
        {
            return Rejection.InvalidArgument($"link exceeds allowed size of {MaxLinkSize}, got {size}");
        }

        return link.VariantCase switch
        {
            Link.VariantOneofCase.WorkflowEvent => CheckWorkflowEvent(link.WorkflowEvent),
            Link.VariantOneofCase.BatchJob => link.BatchJob.JobId.Length == 0
                ? Rejection.InvalidArgument("batch job link must not have an empty job ID")
                : null,
            _ => Rejection.InvalidArgument("unsupported link variant"),
        };
    }

    private static Rejection? CheckWorkflowEvent(Link.Types.WorkflowEvent link)
    {
        if (link.Namespace.Length == 0)
        {
            return Rejection.InvalidArgument("workflow event link must not have an empty namespace field");
        }

        if (link.WorkflowId.Length == 0)
        {
            return Rejection.InvalidArgument("workflow event link must not have an empty workflow ID field");
        }

        return link.RunId.Length == 0
            ? Rejection.InvalidArgument("workflow event link must not have an empty run ID field")
            : null;
    }

    private static int HeaderSize(Callback.Types.Nexus callback)
    {
        var size = 0;
        foreach (var (name, value) in callback.Header)
        {
            size += name.Length + value.Length;
        }

        return size;
    }
}
