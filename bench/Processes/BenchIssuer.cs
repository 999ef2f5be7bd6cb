using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace AugmentedOS.Bench.Processes;

/// <summary>A token for everything, the key set that believes it, and a place for audit records.</summary>
internal sealed class BenchIssuer : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("aos-bench-keys-").FullName;

    public BenchIssuer()
    {
        using var key = RSA.Create(2048);
        var parameters = key.ExportParameters(false);
        var file = Path.Combine(_folder, "keys.json");
        File.WriteAllText(
            file,
            $$"""
            {"keys":[{"kty":"RSA","kid":"bench","n":"{{Base64UrlEncoder.Encode(parameters.Modulus)}}",
            "e":"{{Base64UrlEncoder.Encode(parameters.Exponent)}}"}]}
            """);
        KeySet = new Uri(file).AbsoluteUri;
        Token = new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Claims = new Dictionary<string, object> { ["sub"] = "bench", ["permissions"] = new[] { "default:write" } },
            Expires = DateTime.UtcNow.AddHours(2),
            SigningCredentials = new SigningCredentials(
                new RsaSecurityKey(key.ExportParameters(true)) { KeyId = "bench" }, SecurityAlgorithms.RsaSha256),
        });
    }

    public string KeySet { get; }

    public string Token { get; }

    public string AuditFile => Path.Combine(_folder, "audit.jsonl");

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
