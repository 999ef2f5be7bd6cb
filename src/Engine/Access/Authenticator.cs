using System.Collections.Concurrent;
using AugmentedOS.Engine.Access.Tokens;

namespace AugmentedOS.Engine.Access;

/// <summary>From what a caller brings to who it is. Remembers tokens that it has verified: a signature costs more than
/// the call that it lets in. Thread-safe.</summary>
internal sealed class Authenticator(ApiKeys keys, TokenValidator? tokens, CertificateSubjects subjects, TimeProvider time)
{
    private const string Scheme = "Bearer ";
    private const int MaxRemembered = 10_000;
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<string, Verified> _verified = new(StringComparer.Ordinal);

    /// <returns>Null when it proved nothing.</returns>
    public ValueTask<Principal?> IdentifyAsync(Credentials credentials)
    {
        var header = credentials.Authorization;
        if (header.Length == 0)
        {
            return new(credentials.Certificate is { } certificate ? subjects.Find(certificate) : null);
        }

        if (_verified.TryGetValue(header, out var known) && time.GetUtcNow() < known.Until)
        {
            return new(known.Principal);
        }

        return header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase)
            ? VerifyAsync(header, header[Scheme.Length..].Trim())
            : new((Principal?)null);
    }

    private async ValueTask<Principal?> VerifyAsync(string header, string secret)
    {
        if (keys.Find(secret) is { } holder)
        {
            return Remember(header, new Verified(holder, time.GetUtcNow() + Remembered));
        }

        if (tokens is null || await tokens.ValidateAsync(secret).ConfigureAwait(false) is not { } token)
        {
            return null;
        }

        var until = time.GetUtcNow() + Remembered;
        return Remember(header, new Verified(token.Principal, token.Expires < until ? token.Expires : until));
    }

    private Principal Remember(string header, Verified verified)
    {
        if (_verified.Count >= MaxRemembered)
        {
            _verified.Clear();   // whoever comes again is verified again
        }

        _verified[header] = verified;
        return verified.Principal;
    }

    private readonly record struct Verified(Principal Principal, DateTimeOffset Until);
}
