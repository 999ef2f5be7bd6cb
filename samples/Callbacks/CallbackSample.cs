using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using AugmentedOS.Workflows.Callbacks;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Temporalio.Client;

namespace AugmentedOS.Samples.Callbacks;

/// <summary>Two customers are checked by a credit bureau, which replies by a webhook: once the next day, and once too
/// late.</summary>
internal static class CallbackSample
{
    public static async Task RunAsync(TextWriter output, CancellationToken cancellationToken)
    {
        // From where the application's secrets are: tokens have to be good for as long as a bureau may take.
        var tokens = new CallbackTokens(RandomNumberGenerator.GetBytes(32));
        var bureau = new CreditBureau(tokens);
        await SampleEngine.RunAsync(
            worker => worker.AddWorkflow<CreditWorkflow>().AddAllActivities(bureau),
            async engine =>
            {
                await using var web = await ListenAsync(new CallbackInbox(engine.Client, tokens), cancellationToken);
                using var http = new HttpClient { BaseAddress = new Uri(web.Urls.First()) };

                var ann = await StartAsync(engine, "Ann");
                var callback = await bureau.NextQuestionAsync(cancellationToken);
                await engine.PassAsync(TimeSpan.FromDays(1));
                await ReplyAsync("a forged reply", "callbacks/made-up", new Verdict(999));
                await ReplyAsync("a reply that makes no sense", callback, "fine");
                await ReplyAsync("the reply", callback, new Verdict(71));
                await output.WriteLineAsync(await ann.GetResultAsync());

                var bob = await StartAsync(engine, "Bob");
                callback = await bureau.NextQuestionAsync(cancellationToken);
                await output.WriteLineAsync(await bob.GetResultAsync());
                await ReplyAsync("a reply after that", callback, new Verdict(12));

                async Task ReplyAsync<T>(string what, string to, T body)
                {
                    using var answer = await http.PostAsJsonAsync(to, body, cancellationToken);
                    var said = await answer.Content.ReadAsStringAsync(cancellationToken);
                    await output.WriteLineAsync($"{what}: {(int)answer.StatusCode} {said}");
                }
            },
            cancellationToken);
    }

    private static Task<WorkflowHandle<CreditWorkflow, string>> StartAsync(SampleEngine engine, string customer) =>
        engine.Client.StartWorkflowAsync(
            (CreditWorkflow workflow) => workflow.RunAsync(customer), SampleEngine.Options($"credit-{customer}"));

    /// <summary>The webhook, on a free port.</summary>
    private static async Task<WebApplication> ListenAsync(CallbackInbox replies, CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddSingleton(replies);
        var app = builder.Build();
        app.MapPost("/callbacks/{token}", async (
            string token, JsonElement reply, CallbackInbox inbox, CancellationToken gone) =>
        {
            var answer = await inbox.ReplyAsync(token, reply, gone);
            var status = answer.Outcome switch
            {
                CallbackOutcome.Accepted or CallbackOutcome.Duplicate or CallbackOutcome.Late =>
                    StatusCodes.Status200OK,
                CallbackOutcome.Unreadable => StatusCodes.Status422UnprocessableEntity,
                _ => StatusCodes.Status404NotFound,
            };
            return Results.Text($"{answer.Outcome}", statusCode: status);
        });
        await app.StartAsync(cancellationToken);
        return app;
    }
}
