using System.IO.Compression;
using System.Text;
using Google.Protobuf;
using Temporalio.Api.History.V1;
using Temporalio.Common;

namespace AugmentedOS.Workflows.Replay;

/// <summary>Histories as files: JSON as Temporal's tools write it (<c>.json</c>), or protobuf (<c>.pb</c>), each also
/// compressed (<c>.gz</c>).</summary>
public static class HistoryFile
{
    private const string Compressed = ".gz";

    private static readonly string[] Endings = [".json", ".json.gz", ".pb", ".pb.gz"];

    /// <summary>Whether a file is one by its name.</summary>
    public static bool IsHistory(string path) =>
        Endings.Any(ending => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase));

    /// <summary>Reads one. The workflow's id is the history's own or, in histories of old servers that have none, the
    /// file's name.</summary>
    /// <exception cref="ReplayException">It is no history.</exception>
    public static async Task<RecordedRun> ReadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        try
        {
            var content = await ReadContentAsync(path, cancellationToken).ConfigureAwait(false);
            var history = NameOf(path).EndsWith(".pb", StringComparison.OrdinalIgnoreCase)
                ? new WorkflowHistory("", History.Parser.ParseFrom(content).Events)
                : WorkflowHistory.FromJson("", Encoding.UTF8.GetString(content));
            var id = history.Events.FirstOrDefault()?.WorkflowExecutionStartedEventAttributes?.WorkflowId;
            return RecordedRun.Of(
                history with { Id = string.IsNullOrEmpty(id) ? Path.GetFileNameWithoutExtension(NameOf(path)) : id });
        }
        catch (Exception wrong)
            when (wrong is InvalidProtocolBufferException or InvalidDataException or ArgumentException
                or InvalidOperationException or System.Text.Json.JsonException)
        {
            throw new ReplayException(
                $"'{path}' is no workflow history: {wrong.Message} Give files as 'temporal workflow show --output "
                + "json' or 'aos replay --save' write them.",
                wrong);
        }
    }

    /// <summary>Writes one into a directory, which is made when it is missing: JSON, compressed, named after type,
    /// workflow and run. One that is there already is replaced.</summary>
    /// <returns>The file.</returns>
    public static async Task<string> WriteAsync(
        string directory, RecordedRun run, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(directory);
        ArgumentNullException.ThrowIfNull(run);
        Directory.CreateDirectory(directory);
        var path = Path.Combine(
            directory, $"{Safe($"{run.WorkflowType}.{run.WorkflowId}.{run.RunId}")}.json{Compressed}");
        await using var file = File.Create(path);
        await using var gzip = new GZipStream(file, CompressionLevel.Optimal);
        await gzip.WriteAsync(Encoding.UTF8.GetBytes(run.History.ToJson()), cancellationToken).ConfigureAwait(false);
        return path;
    }

    private static string NameOf(string path) =>
        path.EndsWith(Compressed, StringComparison.OrdinalIgnoreCase) ? path[..^Compressed.Length] : path;

    private static async Task<byte[]> ReadContentAsync(string path, CancellationToken cancellationToken)
    {
        await using var file = File.OpenRead(path);
        using var content = new MemoryStream();
        if (path.EndsWith(Compressed, StringComparison.OrdinalIgnoreCase))
        {
            await using var gzip = new GZipStream(file, CompressionMode.Decompress);
            await gzip.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await file.CopyToAsync(content, cancellationToken).ConfigureAwait(false);
        }

        return content.ToArray();
    }

    // Ids may hold what file systems do not take, and may be longer than a name.
    private static string Safe(string name)
    {
        const int longest = 180;
        var safe = new string([.. name.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.' ? c : '_')]);
        if (safe == name && safe.Length <= longest)
        {
            return safe;
        }

        var hash =
            Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(name)))[..16];
        return $"{safe[..Math.Min(safe.Length, longest)]}.{hash}";
    }
}
