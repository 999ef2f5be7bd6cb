using AugmentedOS.Workflows.Errors;
using Temporalio.Api.Enums.V1;
using static Temporalio.Exceptions.RpcException;

namespace AugmentedOS.Workflows.Tests.Errors;

public sealed class ErrorKindsTests
{
    private const ApplicationErrorCategory Benign = ApplicationErrorCategory.Benign;
    private const ApplicationErrorCategory Alarming = ApplicationErrorCategory.Unspecified;

    [Theory]
    [InlineData(
        ErrorKind.InvalidInput, "aos.InvalidInput", "invalid-input", false, Benign, 400, StatusCode.InvalidArgument)]
    [InlineData(
        ErrorKind.BusinessRule, "aos.BusinessRule", "business-rule", false, Benign, 422, StatusCode.FailedPrecondition)]
    [InlineData(ErrorKind.Conflict, "aos.Conflict", "conflict", false, Benign, 409, StatusCode.Aborted)]
    [InlineData(ErrorKind.NotFound, "aos.NotFound", "not-found", false, Benign, 404, StatusCode.NotFound)]
    [InlineData(
        ErrorKind.Unauthorized, "aos.Unauthorized", "unauthorized", false, Alarming, 403, StatusCode.PermissionDenied)]
    [InlineData(ErrorKind.Transient, "aos.Transient", "transient", true, Alarming, 503, StatusCode.Unavailable)]
    [InlineData(ErrorKind.Throttled, "aos.Throttled", "throttled", true, Benign, 429, StatusCode.ResourceExhausted)]
    [InlineData(
        ErrorKind.DependencyDown, "aos.DependencyDown", "dependency-down", true, Alarming, 503, StatusCode.Unavailable)]
    [InlineData(ErrorKind.Poisoned, "aos.Poisoned", "poisoned", false, Alarming, 500, StatusCode.Internal)]
    public void Kind_WhenItsRuleIsRead_SaysWhatHappens(
        ErrorKind kind, string type, string name, bool isRetried, ApplicationErrorCategory category, int http,
        StatusCode grpc)
    {
        var rule = kind.Rule();

        Assert.Equal(
            (type, name, isRetried, category, http, grpc),
            (rule.ErrorType, rule.Name, rule.IsRetried, rule.Category, (int)rule.HttpStatus, rule.GrpcCode));
        Assert.All([rule.Title, rule.UserMessage, rule.Advice], text => Assert.False(string.IsNullOrWhiteSpace(text)));
        Assert.True(ErrorKinds.TryFromErrorType(type, out var byType) && byType == rule);
        Assert.True(ErrorKinds.TryFromName(name, out var byName) && byName == rule);
    }

    [Fact]
    public void All_WhenItIsListed_HasEachKindOnceAndInOrder() =>
        Assert.Equal(Enum.GetValues<ErrorKind>(), ErrorKinds.All.Select(rule => rule.Kind));

    [Fact]
    public void Kind_WhenItIsNone_SaysWhichThereAre()
    {
        var thrown = Assert.Throws<ArgumentOutOfRangeException>(() => ((ErrorKind)99).Rule());

        Assert.Contains("InvalidInput, BusinessRule", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(400, ErrorKind.InvalidInput)]
    [InlineData(401, ErrorKind.Unauthorized)]
    [InlineData(402, ErrorKind.BusinessRule)]
    [InlineData(403, ErrorKind.Unauthorized)]
    [InlineData(404, ErrorKind.NotFound)]
    [InlineData(405, ErrorKind.Poisoned)]
    [InlineData(408, ErrorKind.Transient)]
    [InlineData(409, ErrorKind.Conflict)]
    [InlineData(410, ErrorKind.NotFound)]
    [InlineData(412, ErrorKind.Conflict)]
    [InlineData(413, ErrorKind.InvalidInput)]
    [InlineData(415, ErrorKind.Poisoned)]
    [InlineData(418, ErrorKind.InvalidInput)]
    [InlineData(422, ErrorKind.BusinessRule)]
    [InlineData(423, ErrorKind.Conflict)]
    [InlineData(425, ErrorKind.Transient)]
    [InlineData(429, ErrorKind.Throttled)]
    [InlineData(451, ErrorKind.BusinessRule)]
    [InlineData(500, ErrorKind.Transient)]
    [InlineData(501, ErrorKind.Poisoned)]
    [InlineData(502, ErrorKind.DependencyDown)]
    [InlineData(503, ErrorKind.DependencyDown)]
    [InlineData(504, ErrorKind.Transient)]
    [InlineData(599, ErrorKind.Transient)]
    public void HttpStatus_WhenItComesIn_IsAKind(int status, ErrorKind kind) =>
        Assert.Equal(kind, ErrorKinds.FromHttpStatus(status));

    [Theory]
    [InlineData(StatusCode.Cancelled, ErrorKind.Conflict)]
    [InlineData(StatusCode.Unknown, ErrorKind.Transient)]
    [InlineData(StatusCode.InvalidArgument, ErrorKind.InvalidInput)]
    [InlineData(StatusCode.DeadlineExceeded, ErrorKind.Transient)]
    [InlineData(StatusCode.NotFound, ErrorKind.NotFound)]
    [InlineData(StatusCode.AlreadyExists, ErrorKind.Conflict)]
    [InlineData(StatusCode.PermissionDenied, ErrorKind.Unauthorized)]
    [InlineData(StatusCode.ResourceExhausted, ErrorKind.Throttled)]
    [InlineData(StatusCode.FailedPrecondition, ErrorKind.BusinessRule)]
    [InlineData(StatusCode.Aborted, ErrorKind.Conflict)]
    [InlineData(StatusCode.OutOfRange, ErrorKind.InvalidInput)]
    [InlineData(StatusCode.Unimplemented, ErrorKind.Poisoned)]
    [InlineData(StatusCode.Internal, ErrorKind.Transient)]
    [InlineData(StatusCode.Unavailable, ErrorKind.DependencyDown)]
    [InlineData(StatusCode.DataLoss, ErrorKind.Poisoned)]
    [InlineData(StatusCode.Unauthenticated, ErrorKind.Unauthorized)]
    [InlineData((StatusCode)77, ErrorKind.Transient)]
    public void GrpcCode_WhenItComesIn_IsAKind(StatusCode code, ErrorKind kind) =>
        Assert.Equal(kind, ErrorKinds.FromGrpcCode((int)code));

    [Fact]
    public void NonRetryableTypes_WhenTheyAreListed_AreThoseOfKindsThatAreNotRetried() => Assert.Equal(
        ["aos.InvalidInput", "aos.BusinessRule", "aos.Conflict", "aos.NotFound", "aos.Unauthorized", "aos.Poisoned"],
        ErrorKinds.NonRetryableTypes);
}
