using AugmentedOS.Workflows.Errors;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Workflows.Tests.Errors;

public sealed class WorkflowErrorExceptionTests
{
    public static TheoryData<ErrorKind> Kinds => [.. Enum.GetValues<ErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Exception_WhenItIsRaised_IsAsItsKindSays(ErrorKind kind)
    {
        var exception = Fail.Of(kind, "what happened");

        Assert.Equal(kind.Rule().ErrorType, exception.ErrorType);
        Assert.Equal(!kind.Rule().IsRetried, exception.NonRetryable);
        Assert.Equal(kind.Rule().Category, exception.Category);
        Assert.Equal("what happened", exception.Message);
        Assert.Equal(new ErrorDetails(kind.Rule().Name, null), exception.Details.ElementAt<ErrorDetails>(0));
    }

    [Fact]
    public void Factories_WhenTheyAreCalled_RaiseTheKindOfTheirName() => Assert.Equal(
        Enum.GetValues<ErrorKind>(),
        [
            Fail.InvalidInput("m").Kind, Fail.BusinessRule("m").Kind, Fail.Conflict("m").Kind, Fail.NotFound("m").Kind,
            Fail.Unauthorized("m").Kind, Fail.Transient("m").Kind, Fail.Throttled("m").Kind,
            Fail.DependencyDown("m").Kind,
            Fail.Poisoned("m").Kind,
        ]);

    [Fact]
    public void Exception_WhenItIsChanged_KeepsTheRest()
    {
        var cause = new InvalidOperationException("cause");
        var exception = Fail.Throttled("too many", TimeSpan.FromSeconds(30))
            .WithCode("fx.limit").WithUserMessage("Please wait.").WithCause(cause);

        Assert.Equal(
            ("too many", "fx.limit", TimeSpan.FromSeconds(30), false, ApplicationErrorCategory.Benign),
            (exception.Message, exception.Code, exception.NextRetryDelay, exception.NonRetryable, exception.Category));
        Assert.Same(cause, exception.InnerException);
        Assert.Equal(new ErrorDetails("fx.limit", "Please wait."), exception.Details.ElementAt<ErrorDetails>(0));
    }

    [Fact]
    public void Exception_WhenItsRetryIsSet_IsRetriedAgainstItsKind()
    {
        Assert.False(Fail.Conflict("m").Retried().NonRetryable);
        Assert.False(Fail.NotFound("m").WithRetryAfter(TimeSpan.FromSeconds(1)).NonRetryable);
        var once = Fail.Throttled("m", TimeSpan.FromSeconds(1)).NotRetried();
        Assert.Equal((true, null), (once.NonRetryable, once.NextRetryDelay));
        Assert.Equal(ApplicationErrorCategory.Benign, Fail.Transient("m").Expected().Category);
    }

    [Theory]
    [InlineData("")]
    [InlineData("The order is unknown.")]
    [InlineData("order/unknown")]
    public void Code_WhenItIsASentence_IsRefusedWithWhatToDo(string code)
    {
        var thrown = Assert.Throws<ArgumentException>(() => Fail.NotFound("m").WithCode(code));

        Assert.Contains("put sentences into the message", thrown.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Exception_WhenItIsMadeOfNothing_IsRefused()
    {
        Assert.Throws<ArgumentException>(() => Fail.NotFound(" "));
        Assert.Throws<ArgumentException>(() => Fail.NotFound("m").WithUserMessage(""));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fail.Throttled("m", TimeSpan.FromSeconds(-1)));
        Assert.Throws<ArgumentOutOfRangeException>(() => Fail.Of((ErrorKind)99, "m"));
    }
}
