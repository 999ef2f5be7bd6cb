using System.Collections.Concurrent;
using Google.Protobuf;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Cli.Tests.Replay;

/// <summary>A codec server as products run one, with <see cref="SealingCodec"/> behind it.</summary>
internal sealed class TestCodecServer : IAsyncDisposable
{
    public const string Auth = "Bearer of-this-test";

    private readonly WebApplication _app;

    private TestCodecServer(WebApplication app) => _app = app;

    /// <summary>What was asked: path, namespace, and the header <c>team</c>.</summary>
    public ConcurrentQueue<(string Path, string Namespace, string Team)> Asked { get; } = new();

    public string Address => _app.Urls.Single();

    /// <param name="answer">What it answers to payloads; null for what they are.</param>
    public static async Task<TestCodecServer> StartAsync(Func<Payloads, string>? answer = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        var server = new TestCodecServer(app);
        app.MapPost("/{*path}", call => server.AnswerAsync(call, answer));
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext call, Func<Payloads, string>? answer)
    {
        Asked.Enqueue((call.Request.Path, $"{call.Request.Headers["X-Namespace"]}", $"{call.Request.Headers["team"]}"));
        if (call.Request.Headers.Authorization != Auth)
        {
            call.Response.StatusCode = StatusCodes.Status401Unauthorized;
            await call.Response.WriteAsync("who are you?");
            return;
        }

        var asked = Payloads.Parser.ParseJson(await new StreamReader(call.Request.Body).ReadToEndAsync());
        var decoded = new Payloads { Payloads_ = { await new SealingCodec().DecodeAsync(asked.Payloads_) } };
        await call.Response.WriteAsync(answer?.Invoke(decoded) ?? JsonFormatter.Default.Format(decoded));
    }
}
