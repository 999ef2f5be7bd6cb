using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using CsCheck;

namespace AugmentedOS.Engine.Tests.Storage.Codecs;

public sealed class RunStateCodecTests
{
    /// <summary>
    /// Fails for whoever adds a field to the state and forgets the codec. Then also raise its version.
    /// </summary>
    [Fact]
    public void Decode_WhenEveryFieldIsSet_GivesThemAllBack()
    {
        var state = (RunState)FullSample.Of(typeof(RunState));

        var decoded = RunStateCodec.Decode(state.Key, RunStateCodec.Encode(state));

        Assert.Equal(FullText.Of(state), FullText.Of(decoded));
        Assert.Equal(RunStateCodec.Encode(state), RunStateCodec.Encode(decoded));
    }

    [Fact]
    public void Encode_WhenCollectionsGrewInAnotherOrder_GivesTheSameBytes()
    {
        var state = (RunState)FullSample.Of(typeof(RunState));
        var other = state with
        {
            SignalRequestIds = [.. state.SignalRequestIds.OrderDescending(StringComparer.Ordinal)],
            Activities = state.Activities.Clear().AddRange(state.Activities.OrderByDescending(a => a.Key)),
            Timers = state.Timers.Clear().AddRange(state.Timers.OrderByDescending(t => t.Key, StringComparer.Ordinal)),
        };

        Assert.Equal(RunStateCodec.Encode(state), RunStateCodec.Encode(other));
    }

    [Fact]
    public void Decode_WhenBytesAreMissingOrLeft_SaysThatTheyAreDamaged()
    {
        var state = (RunState)FullSample.Of(typeof(RunState));
        var bytes = RunStateCodec.Encode(state);

        for (var length = 0; length < bytes.Length; length++)
        {
            Assert.Throws<JournalException>(() => RunStateCodec.Decode(state.Key, bytes.AsSpan(0, length)));
        }

        Assert.Throws<JournalException>(() => RunStateCodec.Decode(state.Key, [.. bytes, 0]));
    }

    [Fact]
    public void Decode_WhateverHappenedToTheRun_GivesItsState() => Gen.Int[0, 199].Array[0, 60].Sample(choices =>
    {
        var run = new RandomRun();
        foreach (var choice in choices)
        {
            run.Take(choice);
        }

        var bytes = RunStateCodec.Encode(run.State);
        var refolded = RandomRun.Refold(run.Transitions.Select(facts => FactCodec.Decode(FactCodec.Encode(facts))));

        Assert.Equal(bytes, RunStateCodec.Encode(RunStateCodec.Decode(run.State.Key, bytes)));
        Assert.Equal(bytes, RunStateCodec.Encode(refolded));
        Assert.Equal(FullText.Of(run.State), FullText.Of(RunStateCodec.Decode(run.State.Key, bytes)));
    });
}
