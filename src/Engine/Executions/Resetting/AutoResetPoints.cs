using System.Collections.Immutable;
using Temporalio.Api.History.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Executions.Resetting;

/// <summary>Keeps where each build of the workers first had a hand in a chain of runs.</summary>
internal static class AutoResetPoints
{
    /// <summary>The oldest go: as many as a Temporal server keeps by default.</summary>
    private const int Max = 20;

    /// <summary>The points after a completed workflow task: one more when its build is new.</summary>
    public static ImmutableList<ResetPointInfo> After(RunState state, HistoryEvent completed)
    {
        var attributes = completed.WorkflowTaskCompletedEventAttributes;
        var (checksum, build) = (attributes.BinaryChecksum, attributes.WorkerVersion?.BuildId ?? "");
        if (state.ResetPoints.Exists(point => point.BinaryChecksum == checksum && point.BuildId == build))
        {
            return state.ResetPoints;
        }

        var points = state.ResetPoints.Add(new ResetPointInfo
        {
            BinaryChecksum = checksum,
            BuildId = build,
            RunId = state.Key.Run.ToString(),
            FirstWorkflowTaskCompletedId = completed.EventId,
            CreateTime = completed.EventTime,
            Resettable = state is { Children.Count: 0, Externals.Count: 0 },
        });
        return points.Count > Max ? points.RemoveAt(0) : points;
    }

    /// <summary>The points for the next run of the chain: those of the closed run hold as long as it is kept.</summary>
    public static ResetPoints? OfNext(RunState closed, DecisionContext context)
    {
        if (closed.ResetPoints.IsEmpty)
        {
            return null;
        }

        var retention = context.Namespaces.TryFind(closed.Key.Namespace, out var ns) ? ns.Retention : TimeSpan.Zero;
        var run = closed.Key.Run.ToString();
        var next = new ResetPoints();
        foreach (var point in closed.ResetPoints)
        {
            if (point.ExpireTime is { } expiry && Instant.From(expiry) < context.Now)
            {
                continue;
            }

            var kept = point.Clone();
            kept.ExpireTime = point.RunId == run ? (context.Now + retention).ToTimestamp() : point.ExpireTime;
            next.Points.Add(kept);
        }

        return next;
    }
}
