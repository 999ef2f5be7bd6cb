using System.Collections.Concurrent;
using Grpc.Core;
using Temporalio.Api.ErrorDetails.V1;

namespace AugmentedOS.Engine.Access.Versions;

/// <summary>Whether a client and this server can speak with each other, as both say. Remembers what it answered: there
/// are few versions and many calls. Thread-safe.</summary>
internal sealed class ClientVersions(string serverVersion, IReadOnlyDictionary<string, string> supportedClients)
{
    private const int MaxRemembered = 1000;

    private readonly SemanticVersion _server = SemanticVersion.Parse(serverVersion)!;
    private readonly Dictionary<string, VersionRange> _clients = supportedClients.ToDictionary(
        pair => pair.Key, pair => VersionRange.Parse(pair.Value, out _)!, StringComparer.Ordinal);

    private readonly ConcurrentDictionary<(string, string, string), Rejection?> _answers = new();

    /// <param name="supportedServers">The range of servers that the client can speak with; empty when it does not say.
    /// </param>
    public Rejection? Check(string client, string version, string supportedServers)
    {
        var key = (client, version, supportedServers);
        if (_answers.TryGetValue(key, out var known))
        {
            return known;
        }

        var answer = CheckClient(client, version) ?? CheckServer(supportedServers);
        if (_answers.Count < MaxRemembered)
        {
            _answers[key] = answer;
        }

        return answer;
    }

    private Rejection? CheckClient(string client, string version)
    {
        if (version.Length == 0 || !_clients.TryGetValue(client, out var range))
        {
            return null;
        }

        if (SemanticVersion.Parse(version) is not { } parsed)
        {
            return Rejection.InvalidArgument($"Unable to parse client version: No Major.Minor.Patch elements found");
        }

        var supported = supportedClients[client];
        return range.Contains(parsed)
            ? null
            : new Rejection(
                StatusCode.FailedPrecondition,
                $"Client version {version} is not supported. Server supports {client} versions: {supported}",
                new ClientVersionNotSupportedFailure
                {
                    ClientName = client,
                    ClientVersion = version,
                    SupportedVersions = supported,
                });
    }

    private Rejection? CheckServer(string supportedServers)
    {
        if (supportedServers.Length == 0)
        {
            return null;
        }

        if (VersionRange.Parse(supportedServers, out var problem) is not { } range)
        {
            return Rejection.InvalidArgument($"Unable to parse supported server versions: {problem}");
        }

        return range.Contains(_server)
            ? null
            : new Rejection(
                StatusCode.FailedPrecondition,
                $"Server version {serverVersion} is not supported. Client supports server versions: {supportedServers}",
                new ServerVersionNotSupportedFailure
                {
                    ServerVersion = serverVersion,
                    ClientSupportedServerVersions = supportedServers,
                });
    }
}
