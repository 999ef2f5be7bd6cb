using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;

namespace AugmentedOS.Engine.Access;

/// <summary>Keys that were given to somebody. Their hashes are known, they themselves are not.</summary>
internal sealed class ApiKeys
{
    /// <summary>Which hash it is; the only one so far.</summary>
    public const string HashPrefix = "sha256:";

    private readonly FrozenDictionary<string, Principal> _byHash;

    /// <param name="keys">Name to hash and permissions, with blanks between: <c>sha256:… orders:write</c>.</param>
    public ApiKeys(IEnumerable<KeyValuePair<string, string>> keys) => _byHash = keys
        .Select(pair => (pair.Key, Parts: Split(pair.Value)))
        .ToFrozenDictionary(
            key => key.Parts[0][HashPrefix.Length..].ToLowerInvariant(),
            key => new Principal("api-key", key.Key, Grants.Of(key.Parts.Skip(1))),
            StringComparer.Ordinal);

    public bool IsEmpty => _byHash.Count == 0;

    /// <summary>Who holds this key. Keys are random and long, so that a look-up by hash tells a guesser nothing.</summary>
    public Principal? Find(string key) => IsEmpty ? null : _byHash.GetValueOrDefault(HashOf(key));

    /// <summary>The hash of a key, in hexadecimal.</summary>
    public static string HashOf(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>What is wrong with a key's line; null when nothing is.</summary>
    public static string? Problem(string line)
    {
        var parts = Split(line);
        return parts.Length < 2
            || !parts[0].StartsWith(HashPrefix, StringComparison.Ordinal)
            || parts[0].Length != HashPrefix.Length + (2 * SHA256.HashSizeInBytes)
            || !parts[0][HashPrefix.Length..].All(char.IsAsciiHexDigit)
            ? "give 'sha256:' and 64 hexadecimal digits, then permissions, with blanks between"
            : parts.Skip(1).Select(Grants.Problem).FirstOrDefault(problem => problem is not null);
    }

    private static string[] Split(string line) => line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
