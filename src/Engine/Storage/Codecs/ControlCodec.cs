using System.Collections.Immutable;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Options;
using AugmentedOS.Engine.Executions.Pausing;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>What operators have done to a run, as bytes: its options, its pause and those of its activities.</summary>
internal static class ControlCodec
{
    public static void Write(ByteSink sink, RunState state)
    {
        sink.OptionalMessage(state.Options.VersioningOverride);
        sink.OptionalMessage(state.Options.Priority);
        sink.Flag(state.Pause is not null);
        if (state.Pause is { } pause)
        {
            sink.Time(pause.At);
            sink.Text(pause.Identity);
            sink.Text(pause.Reason);
            sink.Text(pause.RequestId);
        }

        sink.Number(state.PausedActivities.Count);
        foreach (var (type, count) in state.PausedActivities)
        {
            sink.Text(type);
            sink.Number(count);
        }
    }

    public static RunState Read(ref ByteSource source, RunState state) => state with
    {
        Options = new RunOptions(
            source.OptionalMessage(VersioningOverride.Parser), source.OptionalMessage(Priority.Parser)),
        Pause = source.Flag()
            ? new WorkflowPause(source.Time(), source.Text(), source.Text(), source.Text())
            : null,
        PausedActivities = ReadCounts(ref source),
    };

    private static ImmutableSortedDictionary<string, int> ReadCounts(ref ByteSource source)
    {
        var counts = ImmutableSortedDictionary.CreateBuilder<string, int>(StringComparer.Ordinal);
        for (var left = source.Number(); left > 0; left--)
        {
            counts[source.Text()] = source.Int32();
        }

        return counts.ToImmutable();
    }
}
