using System.Security.Claims;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AugmentedOS.Engine.Access.Tokens;

/// <summary>Verifies JSON web tokens: signature, time, audience, issuer; and reads what their holder may do.</summary>
internal sealed partial class TokenValidator(TokenKeys keys, TokenRules rules, TimeProvider time, ILogger log)
{
    /// <summary>Asymmetric alone: who can check a token must not be able to make one.</summary>
    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
    ];

    /// <summary>How far the issuer's clock may be from ours.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(10);

    private readonly JsonWebTokenHandler _handler = new() { MapInboundClaims = false };

    /// <returns>Null when it is no valid token; the log says why, the caller is not told.</returns>
    public async ValueTask<ValidToken?> ValidateAsync(string text)
    {
        if (Decode(text) is not { } token)
        {
            LogRefused("it is no token");
            return null;
        }

        if (string.IsNullOrEmpty(token.Kid) || await keys.FindAsync(token.Kid).ConfigureAwait(false) is not { } key)
        {
            LogRefused($"no key is known by its id '{token.Kid}'");
            return null;
        }

        var result = await _handler.ValidateTokenAsync(token, ParametersFor(key)).ConfigureAwait(false);
        if (!result.IsValid)
        {
            LogRefused(result.Exception?.Message ?? "it is not valid");
            return null;
        }

        return Read(token);
    }

    private JsonWebToken? Decode(string text)
    {
        try
        {
            return _handler.CanReadToken(text) ? new JsonWebToken(text) : null;
        }
        catch (Exception malformed) when (malformed is ArgumentException or SecurityTokenException)
        {
            return null;   // it has three parts, and that is all it has of a token
        }
    }

    private ValidToken? Read(JsonWebToken token)
    {
        if (!token.TryGetPayloadValue<string>(JwtRegisteredClaimNames.Sub, out var subject) || string.IsNullOrEmpty(subject))
        {
            LogRefused("it has no subject");
            return null;
        }

        var permissions = token.Claims.Where(claim => claim.Type == rules.PermissionsClaim).Select(ValueOf);
        var expires = token.ValidTo == DateTime.MinValue
            ? DateTimeOffset.MaxValue
            : new DateTimeOffset(token.ValidTo, TimeSpan.Zero) + Skew;
        return new ValidToken(new Principal("jwt", subject, rules.GrantsOf(permissions)), expires);
    }

    private static string ValueOf(Claim claim) => claim.Value;

    private TokenValidationParameters ParametersFor(SecurityKey key) => new()
    {
        IssuerSigningKey = key,
        RequireSignedTokens = true,
        ValidAlgorithms = Algorithms,
        ValidateAudience = rules.Audience is not null,
        ValidAudience = rules.Audience,
        ValidateIssuer = rules.Issuer is not null,
        ValidIssuer = rules.Issuer,
        // As on a Temporal server, a token need not expire.
        RequireExpirationTime = false,
        LifetimeValidator = IsInTime,
    };

    private bool IsInTime(DateTime? from, DateTime? until, SecurityToken token, TokenValidationParameters parameters)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return (from is null || from.Value - Skew <= now) && (until is null || now < until.Value + Skew);
    }

    [LoggerMessage(1, LogLevel.Warning, "A token was refused: {Why}")]
    private partial void LogRefused(string why);
}
