using AugmentedOS.Engine.Executions;
using Temporalio.Api.Failure.V1;

namespace AugmentedOS.Engine.Tests.Executions;

/// <summary>What is kept of failures that are too large.</summary>
public sealed class ActivityFailuresTests
{
    [Fact]
    public void Truncate_WhenTheMessageTakesAllTheRoom_KeepsNothingOfTheStack()
    {
        var kept = ActivityFailures.Truncate(new Failure { Message = new string('x', 100), StackTrace = "at Somewhere" }, size: 40);

        Assert.Equal((new string('x', 40), ""), (kept.Message, kept.StackTrace));
    }

    [Theory]
    [InlineData("\u20ac\u20ac", 5, "\u20ac")]
    [InlineData("\u20ac\u20ac", 2, "")]
    [InlineData("a\ud83d\ude00", 4, "a")]
    [InlineData("a\ud83d\ude00", 5, "a\ud83d\ude00")]
    [InlineData("a\ud83d", 1, "a")]
    [InlineData("a", 0, "")]
    public void Truncate_WhenACharacterDoesNotFit_LeavesItOutAsAWhole(string message, int size, string kept) =>
        Assert.Equal(kept, ActivityFailures.Truncate(new Failure { Message = message }, size).Message);

    [Fact]
    public void ToKeep_WhenTheFailureIsTooLarge_SaysSoAndKeepsItsBeginning()
    {
        var failure = new Failure { Message = new string('x', 10_000), StackTrace = "at Somewhere", Cause = new Failure { Message = "cause" } };

        var kept = ActivityFailures.ToKeep(failure, new EngineLimits());

        Assert.Equal(ActivityFailures.FailureTooLarge, kept.Message);
        Assert.StartsWith("xxxx", kept.Cause.Message, StringComparison.Ordinal);
    }
}
