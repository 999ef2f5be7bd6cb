using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.TimeSkipping;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>A run's own time, as bytes.</summary>
internal static class TimeSkippingCodec
{
    public static void Write(ByteSink sink, RunState state)
    {
        sink.Flag(state.Time is not null);
        if (state.Time is not { } time)
        {
            return;
        }

        sink.OptionalMessage(time.Config);
        sink.Number(time.Ahead.Ticks);
        sink.Number(time.Skips);
        sink.Flag(time.FastForwardTo is not null);
        if (time.FastForwardTo is { } target)
        {
            sink.Time(target);
        }

        sink.Flag(time.IsFastForwardOver);
    }

    public static RunState Read(ref ByteSource source, RunState state)
    {
        if (!source.Flag())
        {
            return state;
        }

        var config = source.OptionalMessage(TimeSkippingConfig.Parser);
        var (ahead, skips) = (new TimeSpan(source.Number()), source.Int32());
        Instant? target = source.Flag() ? source.Time() : null;
        return state with { Time = new RunTime(config, ahead, skips, target, source.Flag()) };
    }
}
