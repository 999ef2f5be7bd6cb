using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Resetting;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>What a run's state knows of resets, as bytes.</summary>
internal static class ResetCodec
{
    public static void Write(ByteSink sink, RunState state)
    {
        sink.Flag(state.Origin is not null);
        if (state.Origin is { } origin)
        {
            WriteOrigin(sink, origin);
        }

        sink.Flag(state.Successor is not null);
        if (state.Successor is { } successor)
        {
            sink.Guid(successor.Run.Value);
            sink.Text(successor.RequestId);
            sink.Number(successor.ForkEventId);
            sink.Unsigned((ulong)successor.Earlier.Count);
            foreach (var (requestId, run) in successor.Earlier)
            {
                sink.Text(requestId);
                sink.Guid(run.Value);
            }
        }

        sink.Unsigned((ulong)state.ResetPoints.Count);
        foreach (var point in state.ResetPoints)
        {
            sink.Message(point);
        }
    }

    public static RunState Read(ref ByteSource source, RunState state) => state with
    {
        Origin = source.Flag() ? ReadOrigin(ref source) : null,
        Successor = source.Flag() ? ReadSuccessor(ref source) : null,
        ResetPoints = ReadPoints(ref source),
    };

    private static void WriteOrigin(ByteSink sink, ResetOrigin origin)
    {
        sink.Time(origin.At);
        sink.Text(origin.RequestId);
        sink.Number(origin.ForkEventId);
        sink.Time(origin.FirstStartedAt);
        sink.OptionalTime(origin.ExecutionExpiresAt);
        sink.Unsigned((ulong)origin.FormerRuns.Count);
        foreach (var run in origin.FormerRuns)
        {
            sink.Guid(run.Value);
        }

        sink.Unsigned((ulong)origin.ReplacedChildren.Count);
        foreach (var child in origin.ReplacedChildren)
        {
            sink.Text(child);
        }
    }

    private static ResetSuccessor ReadSuccessor(ref ByteSource source)
    {
        var latest = new ResetSuccessor(new RunId(source.Guid()), source.Text(), source.Number());
        var earlier = ImmutableList.CreateBuilder<(string RequestId, RunId Run)>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            earlier.Add((source.Text(), new RunId(source.Guid())));
        }

        return latest with { Earlier = earlier.ToImmutable() };
    }

    private static ResetOrigin ReadOrigin(ref ByteSource source)
    {
        var origin = new ResetOrigin(
            source.Time(), source.Text(), source.Number(), source.Time(), source.OptionalTime());
        var runs = ImmutableList.CreateBuilder<RunId>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            runs.Add(new RunId(source.Guid()));
        }

        var children = ImmutableSortedSet.CreateBuilder<string>(StringComparer.Ordinal);
        for (var left = source.Unsigned(); left > 0; left--)
        {
            children.Add(source.Text());
        }

        return origin with { FormerRuns = runs.ToImmutable(), ReplacedChildren = children.ToImmutable() };
    }

    private static ImmutableList<ResetPointInfo> ReadPoints(ref ByteSource source)
    {
        var points = ImmutableList.CreateBuilder<ResetPointInfo>();
        for (var left = source.Unsigned(); left > 0; left--)
        {
            points.Add(source.Message(ResetPointInfo.Parser));
        }

        return points.ToImmutable();
    }
}
