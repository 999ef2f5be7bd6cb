using System.Net;
using System.Text.RegularExpressions;
using AugmentedOS.Engine.Access;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Whether what options say of TLS, access and audit can be.</summary>
internal static class SecurityOptionsCheck
{
    private const long MinFileSize = 64 * 1024;
    private static readonly TimeSpan MinInterval = TimeSpan.FromSeconds(1);

    public static IEnumerable<string> Find(WorkflowEngineOptions options) =>
        [.. FindInTls(options.Tls), .. FindInAccess(options), .. FindInKeys(options.Access), .. FindInAudit(options.Audit)];

    private static IEnumerable<string> FindInTls(EngineTlsOptions tls)
    {
        if ((tls.CertificateFile is null) != (tls.KeyFile is null))
        {
            yield return "Tls has one of CertificateFile and KeyFile: give both, or none to serve without TLS.";
        }

        if (tls.ClientCaFile is not null && tls.CertificateFile is null)
        {
            yield return "Tls has ClientCaFile without CertificateFile: client certificates need TLS.";
        }

        if (tls.RequireClientCertificate && tls.ClientCaFile is null)
        {
            yield return "Tls:RequireClientCertificate needs Tls:ClientCaFile, the authorities to believe.";
        }

        if (tls.ReloadInterval < MinInterval)
        {
            yield return $"Tls:ReloadInterval is {tls.ReloadInterval}: give at least a second (0:00:01).";
        }
    }

    private static IEnumerable<string> FindInAccess(WorkflowEngineOptions options)
    {
        var access = options.Access;
        if (access.TokenKeysRefresh < MinInterval)
        {
            yield return $"Access:TokenKeysRefresh is {access.TokenKeysRefresh}: give at least a second (0:00:01).";
        }

        foreach (var source in access.TokenKeys.Where(source => !IsKeySource(source)))
        {
            yield return $"Access:TokenKeys has '{source}': give an address that begins with https:, http: or file:.";
        }

        if (access.PermissionsClaim.Length == 0)
        {
            yield return "Access:PermissionsClaim is empty: name the claim, or leave the option out.";
        }

        if (PatternProblem(access.PermissionPattern) is { } problem)
        {
            yield return $"Access:PermissionPattern {problem}: give a regular expression with the groups namespace and role.";
        }

        var isProtected = access.IsOn || options.Tls.RequireClientCertificate || access.AllowUnauthenticated;
        var listens = options is not { Port: null, HttpPort: null };
        if (!isProtected && listens && IPAddress.TryParse(options.Ip, out var ip) && !IPAddress.IsLoopback(ip))
        {
            yield return $"Ip is {options.Ip}, which other machines reach, and nobody has to prove who they are: set Access"
                + " (API keys, tokens) or Tls:RequireClientCertificate; or say that everybody may do everything with"
                + " Access:AllowUnauthenticated (--allow-unauthenticated).";
        }
    }

    private static IEnumerable<string> FindInKeys(EngineAccessOptions access)
    {
        foreach (var (name, line) in access.ApiKeys)
        {
            if (ApiKeys.Problem(line) is { } problem)
            {
                yield return $"Access:ApiKeys:{name}: {problem}.";
            }
        }

        foreach (var (name, line) in access.Certificates)
        {
            var problem = line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(Grants.Problem)
                .FirstOrDefault(problem => problem is not null);
            if (problem is not null)
            {
                yield return $"Access:Certificates:{name}: {problem}.";
            }
        }
    }

    private static IEnumerable<string> FindInAudit(EngineAuditOptions audit)
    {
        if (audit.FileSize < MinFileSize)
        {
            yield return $"Audit:FileSize is {audit.FileSize}: give at least {MinFileSize} bytes.";
        }

        if (audit.FilesKept < 0)
        {
            yield return $"Audit:FilesKept is {audit.FilesKept}: give 0 or more.";
        }
    }

    private static bool IsKeySource(string source) =>
        Uri.TryCreate(source, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http" or "file";

    private static string? PatternProblem(string? pattern)
    {
        if (pattern is null)
        {
            return null;
        }

        try
        {
            var groups = new Regex(pattern, RegexOptions.NonBacktracking).GetGroupNames();
            return groups.Contains("namespace") && groups.Contains("role") ? null : "has not both groups";
        }
        catch (Exception wrong) when (wrong is ArgumentException or NotSupportedException)
        {
            return $"is wrong ({wrong.Message})";
        }
    }
}
