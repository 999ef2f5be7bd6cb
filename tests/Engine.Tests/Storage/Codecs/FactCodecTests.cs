using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Storage;
using AugmentedOS.Engine.Storage.Codecs;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Storage.Codecs;

public sealed class FactCodecTests
{
    public static TheoryData<string> AllFacts =>
        [.. FactTypes.Select(type => type.Name)];

    private static IEnumerable<Type> FactTypes =>
        typeof(Fact).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Fact)) && !type.IsAbstract);

    [Theory]
    [MemberData(nameof(AllFacts))]
    public void Decode_GivesTheFactThatWasEncoded(string name)
    {
        var fact = (Fact)FullSample.Of(FactTypes.Single(type => type.Name == name));

        Assert.Equal([fact], FactCodec.Decode(FactCodec.Encode([fact])));
    }

    [Fact]
    public void Decode_KeepsTheOrderOfFacts()
    {
        Fact[] facts = [Given.Started(), Given.TaskScheduled(2), new StickyQueueCleared(), Given.TaskStarted(3)];

        Assert.Equal(facts, FactCodec.Decode(FactCodec.Encode(facts)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(16_200)]
    [InlineData(16_400)]
    [InlineData(4_000_000)]
    public void Decode_WhateverTheSize_GivesTheFactThatWasEncoded(int bytes)
    {
        Fact[] facts = [Given.Signaled(1, bytes), Given.Signaled(2, 10)];

        Assert.Equal(facts, FactCodec.Decode(FactCodec.Encode(facts)));
    }

    [Fact]
    public void Decode_WhenANewerEngineAddedFields_SkipsThem()
    {
        byte[] row = [1, (byte)FactTag.DeliveryCompleted, 3, 14, 99, 99, (byte)FactTag.BufferFlushed, 1, 42];

        Assert.Equal([new DeliveryCompleted(7), new BufferFlushed()], FactCodec.Decode(row));
    }

    [Fact]
    public void Decode_WhenTheFactIsUnknown_SaysSo()
    {
        byte[] row = [1, 200, 0];

        var failure = Assert.Throws<JournalException>(() => FactCodec.Decode(row));
        Assert.Contains("tag 200", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_WhenTheFormatIsUnknown_SaysSo()
    {
        byte[] row = [2, 200, 0];

        var failure = Assert.Throws<JournalException>(() => FactCodec.Decode(row));
        Assert.Contains("format 2", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Decode_WhenBytesAreMissing_NeverReadsPastThem()
    {
        var row = FactCodec.Encode([Given.Started(), new StickyQueueSet("w", TimeSpan.FromSeconds(5))]);
        var complete = 0;
        for (var length = 0; length < row.Length; length++)
        {
            try
            {
                FactCodec.Decode(row.AsSpan(0, length));
                complete++;
            }
            catch (JournalException)
            {
                // What is expected of nearly every length.
            }
        }

        // After the version, and after the first fact: there a row may end.
        Assert.Equal(2, complete);
    }

    [Fact]
    public void ReadEvents_GivesOnlyWhatEntersHistory()
    {
        var started = Given.Started();
        var buffered = new EventBuffered(new HistoryEvent { EventId = 9 });
        var recorded = new BufferedEventRecorded(new HistoryEvent { EventId = 2 });
        var row = FactCodec.Encode([started, buffered, new BufferFlushed(), recorded, Given.TaskScheduled(3)]);
        var events = new List<HistoryEvent>();

        var bytes = FactCodec.ReadEvents(row, 1, 2, events);

        Assert.Equal([started.Event, recorded.Event], events);
        Assert.True(bytes >= started.Event.CalculateSize() + recorded.Event.CalculateSize());
        Assert.True(FactCodec.HasEvents(row));
        Assert.False(FactCodec.HasEvents(FactCodec.Encode([buffered, new BufferFlushed()])));
    }
}
