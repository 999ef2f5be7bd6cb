namespace AugmentedOS.Engine.Access.Tokens;

/// <summary>Key sets from files and over HTTP.</summary>
internal sealed class KeySource : IKeySource, IDisposable
{
    private const int MaxSize = 1024 * 1024;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly HttpClient _http = new() { Timeout = Patience, MaxResponseContentBufferSize = MaxSize };

    public async Task<string> ReadAsync(Uri uri, CancellationToken cancelled)
    {
        try
        {
            return uri.IsFile
                ? await File.ReadAllTextAsync(uri.LocalPath, cancelled).ConfigureAwait(false)
                : await _http.GetStringAsync(uri, cancelled).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is HttpRequestException or UnauthorizedAccessException or OperationCanceledException)
        {
            throw new IOException(failure.Message, failure);
        }
    }

    public void Dispose() => _http.Dispose();
}
