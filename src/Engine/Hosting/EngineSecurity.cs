using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using AugmentedOS.Engine.Access;
using AugmentedOS.Engine.Access.Tokens;
using AugmentedOS.Engine.Access.Versions;
using AugmentedOS.Engine.Api.Admission;
using AugmentedOS.Engine.Api.Cluster;
using AugmentedOS.Engine.Audit;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Quotas;
using AugmentedOS.Engine.Runtime;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Hosting;

/// <summary>What options ask for of access and audit, put together.</summary>
internal sealed class EngineSecurity : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Authenticator? _authenticator;
    private readonly KeySource? _keySource;
    private readonly TokenKeys? _tokenKeys;
    private readonly DedicatedThreadScheduler? _auditThread;
    private readonly AuditTrail? _audit;

    public EngineSecurity(
        WorkflowEngineOptions options, EngineHealth health, TimeProvider time, IMeterFactory meters, ILoggerFactory logs)
    {
        _time = time;
        if (options.Access.TokenKeys.Count > 0)
        {
            _keySource = new KeySource();
            _tokenKeys = new TokenKeys(
                [.. options.Access.TokenKeys.Select(source => new Uri(source))],
                options.Access.TokenKeysRefresh,
                _keySource,
                time,
                logs.CreateLogger<TokenKeys>());
        }

        if (options.Access.IsOn)
        {
            _authenticator = new Authenticator(
                new ApiKeys(options.Access.ApiKeys),
                _tokenKeys is null
                    ? null
                    : new TokenValidator(_tokenKeys, RulesOf(options.Access), time, logs.CreateLogger<TokenValidator>()),
                new CertificateSubjects(options.Access.Certificates),
                time);
        }

        if (options.Audit.IsOn)
        {
            _auditThread = new DedicatedThreadScheduler("engine-audit", EngineClock.System, TimeSpan.Zero);
            _audit = new AuditTrail(
                SinksOf(options.Audit, logs), _auditThread, health, time, meters, logs.CreateLogger<AuditTrail>());
        }
    }

    public CallAdmission AdmissionTo(INamespaceDirectory namespaces, EngineLimits limits) => new(
        _authenticator,
        new CallQuotas(QuotaLimits.Of(limits), _time),
        limits.Features.VersionCheck ? new ClientVersions(GetSystemInfo.ServerVersion, GetClusterInfo.SupportedClients) : null,
        _audit,
        namespaces,
        _time);

    /// <summary>Writes the records that wait.</summary>
    public void Dispose()
    {
        _auditThread?.Dispose();
        _audit?.Dispose();
        _tokenKeys?.Dispose();
        _keySource?.Dispose();
    }

    private static TokenRules RulesOf(EngineAccessOptions access) => new(
        access.TokenAudience,
        access.TokenIssuer,
        access.PermissionsClaim,
        access.PermissionPattern is { } pattern ? new Regex(pattern, RegexOptions.NonBacktracking) : null);

    private static List<IAuditSink> SinksOf(EngineAuditOptions audit, ILoggerFactory logs)
    {
        var sinks = new List<IAuditSink>();
        if (audit.File is { } file)
        {
            sinks.Add(new AuditFile(file, audit.FileSize, audit.FilesKept));
        }

        if (audit.ToLog)
        {
            sinks.Add(new AuditLog(logs.CreateLogger(AuditLog.Category)));
        }

        return sinks;
    }
}
