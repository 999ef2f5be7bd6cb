using System.Data.Common;
using System.Net;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Text.Json;
using AugmentedOS.Workflows.Errors;
using Microsoft.Data.Sqlite;
using NexusRpc.Handlers;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Errors;

/// <summary>What exceptions of libraries are, and that they arrive so when an activity throws them.</summary>
public sealed class PlainExceptionTests
{
    public static TheoryData<string> Names => [.. Table.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void Exception_WhenItIsRead_HasAKindAndACode(string name)
    {
        var (exception, kind, code) = Table[name];

        var error = WorkflowError.From(exception);

        Assert.Equal((kind, code), (error.Kind, error.Code));
        Assert.Equal(kind.Rule().UserMessage, error.UserMessage);
    }

    [Theory]
    [InlineData("http 429")]
    [InlineData("sqlite busy")]
    [InlineData("time-out")]
    [InlineData("argument")]
    [InlineData("mapper's around sqlite unique")]
    [InlineData("anything else")]
    public async Task Activity_WhenItThrowsIt_FailsWithTheTaxonomysType(string name)
    {
        var (exception, kind, code) = Table[name];
        await DoScene.RunAsync(
            new(_ => exception),
            new(),
            async handle =>
            {
                var failure = await Assert.ThrowsAsync<WorkflowFailedException>(() => handle.GetResultAsync());

                var application = Assert.IsType<ApplicationFailureException>(failure.InnerException!.InnerException);
                Assert.Equal(kind.Rule().ErrorType, application.ErrorType);
                Assert.Equal(code, application.Details.ElementAt<ErrorDetails>(0).Code);
                Assert.Equal(
                    exception.GetType().Name,
                    Assert.IsType<ApplicationFailureException>(application.InnerException).ErrorType);
                Assert.Equal(kind.Rule().IsRetried ? 3 : 1, await DoScene.AttemptsAsync(handle));
            },
            options => options.UseErrorTranslation());
    }

    [Fact]
    public void Exception_WhenItCarriesATime_IsRetriedThen()
    {
        var exception = new HttpRequestException("slow down", null, HttpStatusCode.TooManyRequests)
        {
            Data = { ["Retry-After"] = TimeSpan.FromSeconds(20) },
        };

        Assert.Equal(TimeSpan.FromSeconds(20), WorkflowError.From(exception).RetryAfter);
    }

    [Theory]
    [InlineData("23505", ErrorKind.Conflict, "database.unique")]
    [InlineData("23503", ErrorKind.Conflict, "database.reference")]
    [InlineData("23514", ErrorKind.InvalidInput, "database.constraint")]
    [InlineData("22001", ErrorKind.InvalidInput, "database.constraint")]
    [InlineData("08006", ErrorKind.DependencyDown, "database.unavailable")]
    [InlineData("57P01", ErrorKind.DependencyDown, "database.unavailable")]
    [InlineData("28P01", ErrorKind.Unauthorized, "database.access")]
    [InlineData("40001", ErrorKind.Transient, "database.busy")]
    [InlineData("40P01", ErrorKind.Transient, "database.busy")]
    [InlineData("42601", ErrorKind.Poisoned, "database.statement")]
    [InlineData("53300", ErrorKind.DependencyDown, "database.unavailable")]
    [InlineData(null, ErrorKind.Transient, "database")]
    public void Database_WhenItSaysAState_IsReadByIt(string? state, ErrorKind kind, string code)
    {
        var error = WorkflowError.From(new OtherDatabaseException(state));

        Assert.Equal((kind, code), (error.Kind, error.Code));
    }

    private static Dictionary<string, (Exception Exception, ErrorKind Kind, string Code)> Table { get; } = new()
    {
        ["http 400"] = (Http(HttpStatusCode.BadRequest), ErrorKind.InvalidInput, "http.400"),
        ["http 401"] = (Http(HttpStatusCode.Unauthorized), ErrorKind.Unauthorized, "http.401"),
        ["http 404"] = (Http(HttpStatusCode.NotFound), ErrorKind.NotFound, "http.404"),
        ["http 409"] = (Http(HttpStatusCode.Conflict), ErrorKind.Conflict, "http.409"),
        ["http 429"] = (Http(HttpStatusCode.TooManyRequests), ErrorKind.Throttled, "http.429"),
        ["http 503"] = (Http(HttpStatusCode.ServiceUnavailable), ErrorKind.DependencyDown, "http.503"),
        ["http refused"] = (
            new HttpRequestException(HttpRequestError.ConnectionError, "refused"), ErrorKind.DependencyDown,
            "connection"),
        ["http broken off"] = (
            new HttpRequestException(HttpRequestError.ResponseEnded, "ended"), ErrorKind.Transient, "http"),
        ["http time-out"] = (
            new TaskCanceledException("slow", new TimeoutException()), ErrorKind.Transient, "timeout"),
        ["grpc"] = (
            new Grpc.Core.RpcException(new(Grpc.Core.StatusCode.ResourceExhausted, "full")),
            ErrorKind.Throttled,
            "grpc.ResourceExhausted"),
        ["temporal grpc"] = (
            new RpcException(RpcException.StatusCode.NotFound, "no run", null), ErrorKind.NotFound, "grpc.NotFound"),
        ["nexus"] = (
            new HandlerException(HandlerErrorType.Unavailable, "down"), ErrorKind.DependencyDown, "nexus.UNAVAILABLE"),
        ["sqlite busy"] = (new SqliteException("busy", 5), ErrorKind.Transient, "database.busy"),
        ["sqlite locked"] = (new SqliteException("locked", 6), ErrorKind.Transient, "database.busy"),
        ["sqlite unique"] = (new SqliteException("unique", 19, 2067), ErrorKind.Conflict, "database.unique"),
        ["sqlite check"] = (new SqliteException("check", 19, 275), ErrorKind.InvalidInput, "database.constraint"),
        ["sqlite full"] = (new SqliteException("full", 13), ErrorKind.DependencyDown, "database.unavailable"),
        ["sqlite damaged"] = (new SqliteException("malformed", 11), ErrorKind.Poisoned, "database.damaged"),
        ["mapper's around sqlite unique"] = (
            new MapperException("saving failed", new SqliteException("unique", 19, 2067)), ErrorKind.Conflict,
            "database.unique"),
        ["time-out"] = (new TimeoutException("slow"), ErrorKind.Transient, "timeout"),
        ["socket"] = (new SocketException(10061), ErrorKind.DependencyDown, "connection"),
        ["io"] = (new IOException("cut"), ErrorKind.Transient, "io"),
        ["file"] = (new FileNotFoundException("gone"), ErrorKind.NotFound, "file"),
        ["argument"] = (new ArgumentOutOfRangeException("amount"), ErrorKind.InvalidInput, "argument"),
        ["access"] = (new UnauthorizedAccessException(), ErrorKind.Unauthorized, "access"),
        ["certificate"] = (new AuthenticationException(), ErrorKind.Unauthorized, "authentication"),
        ["json"] = (new JsonException("no JSON"), ErrorKind.Poisoned, "unreadable"),
        ["number"] = (new FormatException("no number"), ErrorKind.Poisoned, "unreadable"),
        ["not supported"] = (new PlatformNotSupportedException(), ErrorKind.Poisoned, "not-supported"),
        ["already started"] = (
            new WorkflowAlreadyStartedException("there", "order-7", "Order", "run"), ErrorKind.Conflict,
            "already-started"),
        ["update"] = (new WorkflowUpdateFailedException(Fail.NotFound("no order")), ErrorKind.NotFound, "not-found"),
        ["activity of its own"] = (
            new ActivityFailedException(Fail.Conflict("changed").WithCode("cart.changed")), ErrorKind.Conflict,
            "cart.changed"),
        ["operation of its own"] = (
            new NexusOperationFailedException("op", null, Fail.Throttled("too many")), ErrorKind.Throttled,
            "throttled"),
        ["several"] = (new AggregateException(new TimeoutException("slow")), ErrorKind.Transient, "timeout"),
        ["anything else"] = (new InvalidOperationException(""), ErrorKind.Transient, "unexpected"),
    };

    private static HttpRequestException Http(HttpStatusCode status) => new("answered", null, status);

    private sealed class MapperException(string message, Exception inner) : Exception(message, inner);

    private sealed class OtherDatabaseException(string? state) : DbException("refused")
    {
        public override string? SqlState => state;
    }
}
