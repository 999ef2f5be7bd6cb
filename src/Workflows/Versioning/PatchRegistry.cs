using System.Runtime.CompilerServices;
using AugmentedOS.Workflows.Replay;
using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Versioning;

/// <summary>The patches in use, and what is still open on each, so that one can be removed when nothing needs
/// it.</summary>
/// <remarks>
/// Counts come from visibility: the SDK keeps a run's patches in the search attribute <c>TemporalChangeVersion</c>.
/// What only histories tell (whether a mark is deprecated; a mark that the attribute had no more room for) is read from
/// them. Visibility follows what runs do by a moment, so ask once more before a patch is removed.
/// </remarks>
/// <param name="client">A client of the namespace.</param>
/// <param name="patches">The patches: of <see cref="PatchCatalog"/>, or by hand.</param>
public sealed class PatchRegistry(ITemporalClient client, IEnumerable<DeclaredPatch> patches)
{
    private const string ChangeVersion = "TemporalChangeVersion";

    /// <summary>The patches, in their order.</summary>
    public IReadOnlyList<DeclaredPatch> Patches { get; } = [.. patches];

    /// <summary>Looks at what is open on each patch.</summary>
    /// <param name="inspection">How thoroughly; null for open runs alone.</param>
    /// <exception cref="RpcException">The server refused.</exception>
    public async Task<IReadOnlyList<PatchUsage>> InspectAsync(
        PatchInspection? inspection = null, CancellationToken cancellationToken = default)
    {
        var usages = new List<PatchUsage>();
        foreach (var patch in Patches)
        {
            usages.Add(
                await InspectAsync(patch, inspection ?? new PatchInspection(), cancellationToken)
                    .ConfigureAwait(false));
        }

        return usages;
    }

    private async Task<PatchUsage> InspectAsync(
        DeclaredPatch patch, PatchInspection inspection, CancellationToken cancellationToken)
    {
        var query = new PatchQuery(patch);
        var open = await CountAsync(query, ServerHistories.OpenRuns, cancellationToken).ConfigureAwait(false);
        var closed = await CountAsync(query, ServerHistories.ClosedRuns, cancellationToken).ConfigureAwait(false);

        var holding = new List<OpenRun>();
        var without = query.Before(ServerHistories.OpenRuns);
        await foreach (var (run, marker) in ReadAsync(without, patch, inspection, cancellationToken)
            .ConfigureAwait(false))
        {
            // The attribute holds only so many patches: a run may have the mark and not say so.
            open = marker is null ? open : (open.Before - 1, open.On + 1);
            if (marker is null)
            {
                holding.Add(run);
            }
        }

        var deprecated = 0;
        await foreach (var (run, marker) in ReadAsync(query.On(ServerHistories.OpenRuns), patch, inspection,
            cancellationToken)
            .ConfigureAwait(false))
        {
            deprecated += marker is { IsDeprecated: true } ? 1 : 0;
            if (marker is not { IsDeprecated: true } && open.Before == 0)
            {
                holding.Add(run);
            }
        }

        var (before, on) = inspection.CountClosedRuns ? (open.Before + closed.Before, open.On + closed.On) : open;
        var state = before > 0 ? PatchState.Active : on > deprecated ? PatchState.Deprecatable : PatchState.Removable;
        return new PatchUsage(
            patch, state, open.Before, open.On, deprecated, closed.Before, closed.On,
            [.. holding.Take(inspection.Examples)],
            Advice(patch, state, before, on - deprecated));
    }

    private static string Advice(DeclaredPatch patch, PatchState state, long before, long on) => state switch
    {
        PatchState.Active =>
            $"Keep both branches of '{patch.Id}': {before} run(s) from before it may be on the old one. Wait for "
            + "their end, or move them (reset, continue-as-new).",
        PatchState.Deprecatable =>
            $"Remove the old branch of '{patch.Id}' and call Deprecate() where IsApplied() was asked for. Keep that "
            + $"until the {on} run(s) with its mark have ended.",
        _ =>
            $"Remove '{patch.Id}' from the code: no run needs it. Try 'aos replay' with the build before it is "
            + "deployed.",
    };

    private async Task<(long Before, long On)> CountAsync(
        PatchQuery query, string standing, CancellationToken cancellationToken)
    {
        var options = new WorkflowCountOptions { Rpc = new() { CancellationToken = cancellationToken } };
        var on = await client.CountWorkflowsAsync(query.On(standing), options).ConfigureAwait(false);
        var before = await client.CountWorkflowsAsync(query.Before(standing), options).ConfigureAwait(false);
        return (before.Count, on.Count);
    }

    private async IAsyncEnumerable<(OpenRun Run, PatchMarker? Marker)> ReadAsync(
        string query,
        DeclaredPatch patch,
        PatchInspection inspection,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = new WorkflowListOptions
        {
            Limit = inspection.HistoriesRead,
            Rpc = new() { CancellationToken = cancellationToken },
        };
        var listed = client.ListWorkflowsAsync(query, options);
        await foreach (var run in listed.ConfigureAwait(false))
        {
            if (await ServerHistories.FetchAsync(client, run, cancellationToken).ConfigureAwait(false) is { } recorded)
            {
                yield return (
                    new OpenRun(run.Id, run.RunId, run.WorkflowType, run.StartTime),
                    PatchMarker.ReadAll(recorded.History).FirstOrDefault(marker => marker.PatchId == patch.Id));
            }
        }
    }

    /// <summary>The runs that a patch is about, in a server's query language.</summary>
    private sealed class PatchQuery(DeclaredPatch patch)
    {
        private string Types => string.Join(", ", patch.WorkflowTypes.Select(ServerHistories.Quote));

        private string Id => ServerHistories.Quote(patch.Id);

        public string On(string standing) => $"{standing} AND WorkflowType IN ({Types}) AND {ChangeVersion} = {Id}";

        public string Before(string standing)
        {
            var started = patch.DeployedAt is { } time ? $" AND StartTime < {ServerHistories.Quote(time)}" : "";
            return $"{standing} AND WorkflowType IN ({Types}) AND ({ChangeVersion} IS NULL OR {ChangeVersion} != "
                + $"{Id}){started}";
        }
    }
}
