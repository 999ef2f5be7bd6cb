using System.Collections.Frozen;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.Tokens;

namespace AugmentedOS.Engine.Access.Tokens;

/// <summary>The keys that tokens are signed with, by their ids. Read from their sources when first needed, again from time
/// to time, and again when a token names one that is not known: issuers change keys before they tell. Thread-safe.
/// </summary>
internal sealed partial class TokenKeys : IDisposable
{
    /// <summary>Tokens with made-up key ids must not become a stream of requests to the issuer.</summary>
    private static readonly TimeSpan LeastBetweenReads = TimeSpan.FromSeconds(10);

    private readonly IReadOnlyList<Uri> _sources;
    private readonly IKeySource _source;
    private readonly TimeProvider _time;
    private readonly ILogger _log;
    private readonly ITimer _refresh;
    private readonly SemaphoreSlim _reading = new(1, 1);
    private readonly CancellationTokenSource _ended = new();
    private volatile FrozenDictionary<string, SecurityKey> _keys = FrozenDictionary<string, SecurityKey>.Empty;
    private DateTimeOffset _lastRead = DateTimeOffset.MinValue;

    public TokenKeys(
        IReadOnlyList<Uri> sources, TimeSpan refresh, IKeySource source, TimeProvider time, ILogger log)
    {
        _sources = sources;
        _source = source;
        _time = time;
        _log = log;
        _refresh = time.CreateTimer(_ => _ = ReadAsync(isDue: static _ => true), null, refresh, refresh);
    }

    /// <returns>Null when no source has a key of this id.</returns>
    public async ValueTask<SecurityKey?> FindAsync(string id)
    {
        if (_keys.TryGetValue(id, out var key))
        {
            return key;
        }

        await ReadAsync(now => now - _lastRead >= LeastBetweenReads && !_keys.ContainsKey(id)).ConfigureAwait(false);
        return _keys.GetValueOrDefault(id);
    }

    public void Dispose()
    {
        _ended.Cancel();
        _refresh.Dispose();
    }

    /// <summary>Reads all sources; those that fail keep the keys that they gave before.</summary>
    private async Task ReadAsync(Func<DateTimeOffset, bool> isDue)
    {
        await _reading.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_ended.IsCancellationRequested || !isDue(_time.GetUtcNow()))
            {
                return;   // somebody else has just read them
            }

            _lastRead = _time.GetUtcNow();
            var found = new Dictionary<string, SecurityKey>(StringComparer.Ordinal);
            foreach (var uri in _sources)
            {
                await AddKeysAsync(uri, found).ConfigureAwait(false);
            }

            _keys = found.ToFrozenDictionary(StringComparer.Ordinal);
        }
        finally
        {
            _reading.Release();
        }
    }

    private async Task AddKeysAsync(Uri uri, Dictionary<string, SecurityKey> found)
    {
        try
        {
            var set = new JsonWebKeySet(await _source.ReadAsync(uri, _ended.Token).ConfigureAwait(false));
            foreach (var key in set.Keys.Where(key => key.Kty is "RSA" or "EC" && !string.IsNullOrEmpty(key.Kid)))
            {
                found[key.Kid] = key;
            }
        }
        catch (Exception failure) when (failure is IOException or ArgumentException)
        {
            LogNotRead(uri, failure.Message);
            foreach (var (id, key) in _keys)
            {
                found.TryAdd(id, key);
            }
        }
    }

    [LoggerMessage(1, LogLevel.Error, "The keys for tokens cannot be read from {Source}: {Why}")]
    private partial void LogNotRead(Uri source, string why);
}
