using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using AugmentedOS.Workflows.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Tests.Errors;

/// <summary>What an HTTP caller is answered.</summary>
public sealed class ProblemErrorsTests
{
    public static TheoryData<ErrorKind> Kinds => [.. Enum.GetValues<ErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Problem_WhenItIsMade_SaysTheKindAndNothingOfTheHouse(ErrorKind kind)
    {
        var cause = new InvalidOperationException("password=hunter2");
        var problem = WorkflowError.From(Fail.Of(kind, "connection string of db-7 is wrong").WithCause(cause))
            .ToProblemDetails();

        var json = JsonSerializer.Serialize(problem);
        Assert.Equal($"urn:aos:error:{kind.Rule().Name}", problem.Type);
        Assert.Equal(
            (kind.Rule().Title, (int)kind.Rule().HttpStatus, kind.Rule().UserMessage),
            (problem.Title, problem.Status, problem.Detail));
        Assert.DoesNotContain("db-7", json, StringComparison.Ordinal);
        Assert.DoesNotContain("hunter2", json, StringComparison.Ordinal);
    }

    [Fact]
    public void Problem_WhenThereIsMoreToSay_HasCodeUserMessageAndTime()
    {
        var problem = WorkflowError.From(Fail.Throttled("m", TimeSpan.FromMilliseconds(1_500))
            .WithCode("fx.limit").WithUserMessage("Please wait.")).ToProblemDetails();

        Assert.Equal(
            ("Please wait.", "fx.limit", 2L),
            (problem.Detail, problem.Extensions["code"], problem.Extensions["retryAfter"]));
    }

    [Fact]
    public async Task Endpoint_WhenItsWorkflowFails_AnswersWithTheProblem()
    {
        await using var app = await StartAsync(() => new WorkflowFailedException(
            Fail.Throttled("secret", TimeSpan.FromSeconds(30)).WithCode("fx.limit").WithUserMessage("Please wait.")));
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        using var response = await http.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.TooManyRequests, response.StatusCode);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType!.MediaType);
        Assert.Equal(TimeSpan.FromSeconds(30), response.Headers.RetryAfter!.Delta);
        var problem = await response.Content.ReadFromJsonAsync<ProblemDetails>(TestContext.Current.CancellationToken);
        Assert.Equal(("urn:aos:error:throttled", "Please wait."), (problem!.Type, problem.Detail));
    }

    [Fact]
    public async Task Endpoint_WhenItFailsItself_IsAnsweredByOthers()
    {
        await using var app = await StartAsync(() => new InvalidOperationException("secret"));
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };

        using var response = await http.GetAsync("/", TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.DoesNotContain(
            "urn:aos", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken),
            StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Problem_WhenAnotherServiceOfOursReadsIt_IsTheSameError(ErrorKind kind)
    {
        await using var app = await StartAsync(
            () => Fail.Of(kind, "secret").WithCode("it.failed").WithUserMessage("For you."));
        using var http = new HttpClient { BaseAddress = new(app.Urls.Single()) };
        using var response = await http.GetAsync("/?token=hunter2", TestContext.Current.CancellationToken);

        var thrown = await Assert.ThrowsAsync<WorkflowErrorException>(
            () => response.ThrowIfFailedAsync(cancellationToken: TestContext.Current.CancellationToken));

        Assert.Equal(
            (kind, "it.failed", "For you."), (thrown.Kind, thrown.Code, WorkflowError.From(thrown).UserMessage));
        Assert.DoesNotContain("hunter2", thrown.Message, StringComparison.Ordinal);
    }

    private static async Task<WebApplication> StartAsync(Func<Exception> fail)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        builder.Services.AddWorkflowProblems();
        var app = builder.Build();
        app.UseExceptionHandler();
        app.Run(_ => throw fail());
        await app.StartAsync(TestContext.Current.CancellationToken);
        return app;
    }
}
