using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;

namespace AugmentedOS.Engine.Tests.Visibility;

public sealed class LiteralTextTests
{
    [Theory]
    [InlineData("0", 0L)]
    [InlineData("-5", -5L)]
    [InlineData("1h30m", 5_400_000_000_000L)]
    [InlineData("-1.5h", -5_400_000_000_000L)]
    [InlineData("+1s", 1_000_000_000L)]
    [InlineData("300ms", 300_000_000L)]
    [InlineData("2us", 2_000L)]
    [InlineData("2µs", 2_000L)]
    [InlineData("7ns", 7L)]
    [InlineData("1d12h", 129_600_000_000_000L)]
    [InlineData("01:30:00", 5_400_000_000_000L)]
    [InlineData("100:00:01", 360_001_000_000_000L)]
    public void Duration_WhenWritten_IsNanoseconds(string text, long nanos)
    {
        Assert.True(DurationText.TryParse(text, out var parsed));
        Assert.Equal(nanos, parsed);
    }

    [Theory]
    [InlineData("")]
    [InlineData("-")]
    [InlineData("h")]
    [InlineData("1.2.3s")]
    [InlineData("1 s")]
    [InlineData("5w")]
    [InlineData("1h1")]
    [InlineData("00:60:00")]
    [InlineData("00:00")]
    [InlineData("--1s")]
    [InlineData("999999999999999999h")]
    public void Duration_WhenWrong_IsNone(string text) => Assert.False(DurationText.TryParse(text, out _));

    [Theory]
    [InlineData("1970-01-01T00:00:00Z", 0L)]
    [InlineData("1970-01-01T00:00:00.1Z", 1_000_000L)]
    [InlineData("1970-01-01T00:00:00.123456789Z", 1_234_567L)]
    [InlineData("1970-01-01T01:00:00+01:00", 0L)]
    [InlineData("1969-12-31T23:59:59.9999999Z", -1L)]
    public void Datetime_WhenWritten_IsTicks(string text, long ticks)
    {
        Assert.True(DatetimeText.TryParse(text, out var at));
        Assert.Equal(ticks, at.Ticks);
    }

    [Theory]
    [InlineData("2026-01-01T00:00:00")]
    [InlineData("2026-01-01 00:00:00Z")]
    [InlineData("2026-1-01T00:00:00Z")]
    [InlineData("2026-01-01T24:00:00Z")]
    [InlineData("2026-02-29T00:00:00Z")]
    [InlineData("2026-01-01T00:00:00.Z")]
    [InlineData("2026-01-01T00:00:00+0100")]
    [InlineData("2026-01-01T00:00:00+24:00")]
    [InlineData("2026-01-01T00:00:00Zulu")]
    public void Datetime_WhenWrong_IsNone(string text) => Assert.False(DatetimeText.TryParse(text, out _));

    [Fact]
    public void Datetime_WhenItsOffsetLeavesTheCalendar_IsTheEnd()
    {
        Assert.True(DatetimeText.TryParse("9999-12-31T23:59:59-23:00", out var at));
        Assert.Equal(Instant.MaxValue, at);
    }

    [Theory]
    [InlineData("a", "b")]
    [InlineData("ab\U0010FFFF", "ac")]
    [InlineData("\uD7FF", "\uE000")]
    [InlineData("\uFFFF", "\U00010000")]
    [InlineData("", null)]
    [InlineData("\U0010FFFF", null)]
    public void PrefixRange_EndsBehindAllThatStartWithIt(string prefix, string? after) =>
        Assert.Equal(after, PrefixRange.After(prefix));

    [Theory]
    [InlineData("Hello, wörld! HELLO", "hello wörld")]
    [InlineData("a_b-c 1.5", "a b c 1 5")]
    [InlineData("", "")]
    public void Words_AreLowerCaseAndOnce(string text, string words) =>
        Assert.Equal(words, string.Join(' ', TextTokens.Of(text)));
}
