using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>Somebody elsewhere who wants to know how a workflow ends, and has no time for it at first.</summary>
internal sealed class CallbackReceiver : IAsyncDisposable
{
    private readonly WebApplication _web;
    private readonly TaskCompletionSource<Completion> _delivered =
        new(TaskCreationOptions.RunContinuationsAsynchronously);

    private volatile bool _isOpen;

    private CallbackReceiver(WebApplication web) => _web = web;

    public string Address => $"{_web.Urls.First()}/done";

    /// <summary>Whether it takes what it is told; it is UNAVAILABLE until then.</summary>
    public bool IsOpen
    {
        get => _isOpen;
        set => _isOpen = value;
    }

    /// <summary>What it took first.</summary>
    public Task<Completion> Delivered => _delivered.Task;

    public static async Task<CallbackReceiver> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new CallbackReceiver(builder.Build());
        receiver._web.MapPost("/done", receiver.TakeAsync);
        await receiver._web.StartAsync();
        return receiver;
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    private async Task TakeAsync(HttpContext context)
    {
        if (!IsOpen)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        _delivered.TrySetResult(new(context.Request.Headers["nexus-operation-state"].ToString(), body));
    }

    internal sealed record Completion(string State, string Body);
}
