using System.Net;
using System.Net.Http.Headers;
using System.Text;
using AugmentedOS.Workflows.Errors;

namespace AugmentedOS.Workflows.Tests.Errors;

public sealed class HttpResponseErrorsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Response_WhenItIsSuccessful_PassesThrough() =>
        await Answer(HttpStatusCode.NoContent)
            .ThrowIfFailedAsync(cancellationToken: TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(404, ErrorKind.NotFound)]
    [InlineData(422, ErrorKind.BusinessRule)]
    [InlineData(500, ErrorKind.Transient)]
    [InlineData(503, ErrorKind.DependencyDown)]
    public async Task Response_WhenItIsNot_ThrowsItsKind(int status, ErrorKind kind)
    {
        var thrown = await ThrownAsync(Answer((HttpStatusCode)status));

        Assert.Equal(
            (kind, $"http.{status}", kind.Rule().UserMessage),
            (thrown.Kind, thrown.Code, WorkflowError.From(thrown).UserMessage));
        Assert.StartsWith(
            $"POST https://fx.test/rates was answered with {status} ", thrown.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", thrown.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("30", 30)]
    [InlineData("Sun, 01 Mar 2026 12:02:00 GMT", 120)]
    [InlineData("Sun, 01 Mar 2026 11:00:00 GMT", 0)]
    [InlineData("99999999", 86_400)]
    public async Task Response_WhenItSaysWhenToComeAgain_IsRetriedThen(string header, double seconds)
    {
        var response = Answer(HttpStatusCode.TooManyRequests);
        response.Headers.RetryAfter = RetryConditionHeaderValue.Parse(header);

        var thrown = await ThrownAsync(response);

        Assert.Equal((ErrorKind.Throttled, TimeSpan.FromSeconds(seconds)), (thrown.Kind, thrown.NextRetryDelay));
    }

    [Fact]
    public async Task Response_WhenItsProblemIsOfAnotherHouse_ShowsOperatorsTheTitleAndUsersNothing()
    {
        var response = Answer(HttpStatusCode.Conflict);
        response.Content = Problem(
            """{"type":"https://acme.test/locked","title":"Locked","detail":"by mary@acme.test"}""");

        var thrown = await ThrownAsync(response);

        Assert.Equal((ErrorKind.Conflict, "http.409"), (thrown.Kind, thrown.Code));
        Assert.EndsWith("409 Locked", thrown.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorKind.Conflict.Rule().UserMessage, WorkflowError.From(thrown).UserMessage);
    }

    [Theory]
    [InlineData("no JSON")]
    [InlineData("""{"type":"urn:aos:error:of-no-such-kind"}""")]
    [InlineData("""{"type":7}""")]
    public async Task Response_WhenItsProblemMakesNoSense_IsReadByItsStatus(string body)
    {
        var response = Answer(HttpStatusCode.BadGateway);
        response.Content = Problem(body);

        Assert.Equal("http.502", (await ThrownAsync(response)).Code);
    }

    [Fact]
    public async Task Response_WhenItsProblemIsHuge_IsReadByItsStatus()
    {
        var response = Answer(HttpStatusCode.NotFound);
        response.Content = Problem($$"""{"type":"urn:aos:error:conflict","title":"{{new string('x', 20_000)}}"}""");
        response.Content.Headers.ContentLength = null;

        Assert.Equal(ErrorKind.NotFound, (await ThrownAsync(response)).Kind);
    }

    private static Task<WorkflowErrorException> ThrownAsync(HttpResponseMessage response) =>
        Assert.ThrowsAsync<WorkflowErrorException>(
            () => response.ThrowIfFailedAsync(new StoppedClock(), TestContext.Current.CancellationToken));

    private static StringContent Problem(string body) => new(body, Encoding.UTF8, "application/problem+json");

    private static HttpResponseMessage Answer(HttpStatusCode status) => new(status)
    {
        RequestMessage = new(HttpMethod.Post, "https://fx.test/rates?key=secret"),
    };

    private sealed class StoppedClock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
