using AugmentedOS.Workflows.Errors;
using Grpc.Core;

namespace AugmentedOS.Workflows.Tests.Errors;

/// <summary>What a gRPC caller is answered, and what it reads of it.</summary>
public sealed class GrpcErrorsTests
{
    public static TheoryData<ErrorKind> Kinds => [.. Enum.GetValues<ErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Error_WhenAServiceThrowsIt_ShowsCodeAndUserMessageAndIsReadBack(ErrorKind kind)
    {
        var thrown = WorkflowError.From(Fail.Of(kind, "secret").WithCode("it.failed").WithUserMessage("For you."))
            .ToRpcException();

        Assert.Equal(((int)kind.Rule().GrpcCode, "For you."), ((int)thrown.StatusCode, thrown.Status.Detail));
        Assert.DoesNotContain("secret", thrown.ToString(), StringComparison.Ordinal);
        var read = WorkflowError.From(thrown);
        Assert.Equal((kind, "it.failed"), (read.Kind, read.Code));
    }

    [Fact]
    public void Error_WhenItIsKnownWhenToComeAgain_SaysSoInItsTrailers()
    {
        var thrown = WorkflowError.From(Fail.Throttled("m", TimeSpan.FromSeconds(2))).ToRpcException();

        Assert.Equal("2000", thrown.Trailers.GetValue("grpc-retry-pushback-ms"));
        Assert.Equal(TimeSpan.FromSeconds(2), WorkflowError.From(thrown).RetryAfter);
    }

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    public void Trailers_WhenTheirTimeMakesNoSense_AreReadWithoutIt(string value)
    {
        var thrown = new RpcException(
            new(StatusCode.Unavailable, "down"), new Metadata { { "grpc-retry-pushback-ms", value } });

        Assert.Equal(
            (ErrorKind.DependencyDown, null), (WorkflowError.From(thrown).Kind, WorkflowError.From(thrown).RetryAfter));
    }
}
