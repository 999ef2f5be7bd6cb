using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AugmentedOS.Engine.Tests.Access;

/// <summary>Issues tokens, and publishes the keys to check them with.</summary>
internal sealed class TestIssuer : IDisposable
{
    private readonly RSA _rsa = RSA.Create(2048);
    private readonly ECDsa _ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public string RsaKeyId { get; init; } = "rsa-1";

    /// <summary>The key set, as JSON.</summary>
    public string Keys
    {
        get
        {
            var rsa = _rsa.ExportParameters(false);
            var ec = _ec.ExportParameters(false);
            return $$"""
                {"keys":[
                {"kty":"RSA","kid":"{{RsaKeyId}}","use":"sig","n":"{{Base64UrlEncoder.Encode(rsa.Modulus)}}","e":"{{Base64UrlEncoder.Encode(rsa.Exponent)}}"},
                {"kty":"EC","kid":"ec-1","crv":"P-256","x":"{{Base64UrlEncoder.Encode(ec.Q.X)}}","y":"{{Base64UrlEncoder.Encode(ec.Q.Y)}}"},
                {"kty":"oct","kid":"shared","k":"c2VjcmV0LXNlY3JldC1zZWNyZXQtc2VjcmV0LXNlY3JldA"}
                ]}
                """;
        }
    }

    public string Issue(
        string? subject = "ada",
        string algorithm = SecurityAlgorithms.RsaSha256,
        DateTime? expires = null,
        string? audience = null,
        string? keyId = null,
        string claim = "permissions",
        params string[] permissions)
    {
        var claims = new Dictionary<string, object> { [claim] = permissions };
        if (subject is not null)
        {
            claims["sub"] = subject;
        }

        SecurityKey key = algorithm.StartsWith("ES", StringComparison.Ordinal)
            ? new ECDsaSecurityKey(_ec) { KeyId = keyId ?? "ec-1" }
            : algorithm.StartsWith("HS", StringComparison.Ordinal)
                ? new SymmetricSecurityKey("secret-secret-secret-secret-secret"u8.ToArray()) { KeyId = keyId ?? "shared" }
                : new RsaSecurityKey(_rsa) { KeyId = keyId ?? RsaKeyId };
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        return handler.CreateToken(new SecurityTokenDescriptor
        {
            Claims = claims,
            Audience = audience,
            Expires = expires,
            SigningCredentials = new SigningCredentials(key, algorithm),
        });
    }

    public void Dispose()
    {
        _rsa.Dispose();
        _ec.Dispose();
    }
}
