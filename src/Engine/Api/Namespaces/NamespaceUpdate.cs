using AugmentedOS.Engine.Namespaces;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Namespace.V1;
using Temporalio.Api.WorkflowService.V1;
using Changed = AugmentedOS.Engine.Namespaces.NamespaceChanges.Changed;
using Namespace = AugmentedOS.Engine.Namespaces.NamespaceInfo;

namespace AugmentedOS.Engine.Api.Namespaces;

/// <summary>What an update makes of a namespace. Pure.</summary>
internal static class NamespaceUpdate
{
    private const int MaxBadBinaries = 10;

    public static Changed Apply(Namespace ns, UpdateNamespaceRequest request, Instant now)
    {
        var changed = ApplyInfo(ns, request.UpdateInfo);
        if (!changed.IsRefused && request.Config is { } config)
        {
            changed = ApplyConfig(changed.Namespace, config, now);
        }

        if (changed.IsRefused || request.DeleteBadBinary.Length == 0)
        {
            return changed;
        }

        return changed.Namespace.BadBinaries.ContainsKey(request.DeleteBadBinary)
            ? changed.Namespace with { BadBinaries = changed.Namespace.BadBinaries.Remove(request.DeleteBadBinary) }
            : Rejection.InvalidArgument($"Bad binary checksum {request.DeleteBadBinary} doesn't exists.");
    }

    private static Changed ApplyInfo(Namespace ns, UpdateNamespaceInfo? info)
    {
        if (info is null)
        {
            return ns;
        }

        if (info.State != NamespaceState.Unspecified && info.State != ns.State && !MayBecome(ns.State, info.State))
        {
            return Rejection.InvalidArgument("Invalid namespace state update.");
        }

        return ns with
        {
            Description = info.Description.Length > 0 ? info.Description : ns.Description,
            OwnerEmail = info.OwnerEmail.Length > 0 ? info.OwnerEmail : ns.OwnerEmail,
            State = info.State != NamespaceState.Unspecified ? info.State : ns.State,
            Data = ns.Data.SetItems(info.Data),
        };
    }

    private static bool MayBecome(NamespaceState from, NamespaceState to) => (from, to) is
        (NamespaceState.Registered, NamespaceState.Deprecated or NamespaceState.Deleted)
        or (NamespaceState.Deprecated, NamespaceState.Deleted);

    private static Changed ApplyConfig(Namespace ns, NamespaceConfig config, Instant now)
    {
        if (config.WorkflowExecutionRetentionTtl is { } retention)
        {
            if (RetentionCheck.Check(retention) is { } refusal)
            {
                return refusal;
            }

            ns = ns with { Retention = retention.OrZero() };
        }

        return ApplyAliases(ns, config) is { IsRefused: false } renamed
            ? ApplyBadBinaries(renamed.Namespace!, config, now)
            : ApplyAliases(ns, config);
    }

    /// <summary>Attributes are kept under the name that users give them, so each is its own field and alias.</summary>
    private static Changed ApplyAliases(Namespace ns, NamespaceConfig config)
    {
        foreach (var (field, alias) in config.CustomSearchAttributeAliases)
        {
            if (alias.Length == 0)
            {
                ns = ns with { SearchAttributes = ns.SearchAttributes.Remove(field) };
            }
            else if (field != alias)
            {
                return Rejection.InvalidArgument("Custom search attribute field name already allocated.");
            }
        }

        return ns;
    }

    private static Changed ApplyBadBinaries(Namespace ns, NamespaceConfig config, Instant now)
    {
        if (config.BadBinaries is null)
        {
            return ns;
        }

        var merged = ns.BadBinaries;
        foreach (var (checksum, bad) in config.BadBinaries.Binaries)
        {
            merged = merged.SetItem(checksum, new BadBinary(bad.Reason, bad.Operator, now));
        }

        return merged.Count > MaxBadBinaries
            ? Rejection.InvalidArgument($"Total resetBinaries cannot exceed the max limit: {MaxBadBinaries}")
            : ns with { BadBinaries = merged };
    }
}
