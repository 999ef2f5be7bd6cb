using System.Buffers.Text;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Text;

namespace AugmentedOS.Workflows.Callbacks;

/// <summary>Makes and checks callback tokens: opaque, safe in URLs, and signed (HMAC-SHA256), so that nobody outside
/// can make one. Thread safe.</summary>
/// <remarks>Tokens are made in activities and checked in the inbox; the key is never in a workflow's history. A token
/// is no secret against the external system that has it, and does not hide the ids in it.</remarks>
public sealed class CallbackTokens
{
    private const int SignatureLength = HMACSHA256.HashSizeInBytes;
    private const int MaxLength = 4096;
    private const char Separator = '\n';

    private readonly byte[][] _keys;

    /// <summary>Signs with the first key and accepts all: put a new key in front, and take the old one away when its
    /// last request has ended.</summary>
    /// <param name="keys">At least one, each of 32 bytes or more, from a random generator.</param>
    /// <exception cref="ArgumentException">There is no key, or one is too short.</exception>
    public CallbackTokens(params byte[][] keys)
    {
        ArgumentNullException.ThrowIfNull(keys);
        if (keys.Length == 0 || keys.Any(key => key is null || key.Length < SignatureLength))
        {
            throw new ArgumentException(
                $"Callback tokens need at least one key, of {SignatureLength} random bytes or more: make one with "
                    + "RandomNumberGenerator.GetBytes(32) and keep it where your secrets are.",
                nameof(keys));
        }

        _keys = [.. keys.Select(key => (byte[])key.Clone())];
    }

    /// <summary>The token of a request; the same each time.</summary>
    public string Issue(CallbackRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var body = Encoding.UTF8.GetBytes($"{request.RequestId}{Separator}{request.WorkflowId}");
        return Base64Url.EncodeToString([.. HMACSHA256.HashData(_keys[0], body), .. body]);
    }

    /// <summary>The request of a token.</summary>
    /// <returns>False when it is no token, or was changed, or is of a key that is not known.</returns>
    public bool TryOpen(string? token, [NotNullWhen(true)] out CallbackRequest? request)
    {
        request = null;
        if (token is null || token.Length > MaxLength || !Base64Url.IsValid(token))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(token);
        if (bytes.Length <= SignatureLength)
        {
            return false;
        }

        var body = bytes.AsSpan(SignatureLength).ToArray();
        if (!Array.Exists(_keys, key => CryptographicOperations.FixedTimeEquals(
            HMACSHA256.HashData(key, body), bytes.AsSpan(0, SignatureLength))))
        {
            return false;
        }

        // It is ours: the separator is there, since ids of requests have none.
        var text = Encoding.UTF8.GetString(body);
        var end = text.IndexOf(Separator, StringComparison.Ordinal);
        request = new(text[(end + 1)..], text[..end]);
        return true;
    }
}
