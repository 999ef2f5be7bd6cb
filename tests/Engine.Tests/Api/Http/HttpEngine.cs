using System.Net;
using System.Text;
using System.Text.Json.Nodes;

namespace AugmentedOS.Engine.Tests.Api.Http;

/// <summary>An engine with its HTTP port, and what a plain HTTP client sees of it.</summary>
public sealed class HttpEngine : IAsyncLifetime
{
    public EngineFixture Engine { get; private set; } = null!;

    public HttpClient Client { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Engine = await EngineFixture.StartAsync(options => options.HttpPort = 0);
        Client = ClientOf(Engine);
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await Engine.DisposeAsync();
    }

    public static HttpClient ClientOf(EngineFixture engine) =>
        new() { BaseAddress = new Uri($"http://{engine.Engine.HttpAddress}") };

    public Task<Answer> GetAsync(string path, params (string Name, string Value)[] headers) =>
        SendAsync(Client, HttpMethod.Get, path, null, headers);

    public Task<Answer> PostAsync(string path, string body, params (string Name, string Value)[] headers) =>
        SendAsync(Client, HttpMethod.Post, path, body, headers);

    public static async Task<Answer> SendAsync(
        HttpClient client, HttpMethod method, string path, string? body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (body is not null)
        {
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        }

        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var response = await client.SendAsync(request, TestContext.Current.CancellationToken);
        return new Answer(
            response.StatusCode,
            response.Content.Headers.ContentType?.ToString(),
            await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    /// <summary>What came back.</summary>
    public sealed record Answer(HttpStatusCode Status, string? ContentType, string Body)
    {
        public JsonNode Json => JsonNode.Parse(Body)!;

        public Answer Expect(HttpStatusCode status)
        {
            Assert.True(status == Status, $"{(int)Status} instead of {(int)status}: {Body}");
            return this;
        }
    }
}
