using System.Text.Json;
using System.Text.Json.Nodes;
using Temporalio.Common;

namespace AugmentedOS.Testing.Golden;

/// <summary>A history in a file beside a test.</summary>
internal sealed class GoldenFile
{
    /// <summary>When set to 1, tests write what they would compare.</summary>
    public const string UpdateVariable = "AOS_UPDATE_GOLDEN";

    private const string Folder = "Golden";
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly string _workflowId;

    /// <param name="testFile">The test's source file.</param>
    /// <exception cref="WorkflowTestException">There is no such folder on this machine.</exception>
    public GoldenFile(string testFile, string name, string workflowId)
    {
        var folder = System.IO.Path.GetDirectoryName(testFile);
        if (!Directory.Exists(folder))
        {
            throw new WorkflowTestException(
                $"The folder '{folder}' of the test's source is not on this machine, so there is no golden history "
                + "beside it. Run the tests where they were built, or without path mapping "
                + "(DeterministicSourcePaths=false).");
        }

        _workflowId = workflowId;
        Path = System.IO.Path.Combine(folder, Folder, $"{name}.json");
    }

    public static bool IsUpdate => Environment.GetEnvironmentVariable(UpdateVariable) == "1";

    public string Path { get; }

    /// <exception cref="WorkflowTestException">There is no file, or none that can be read.</exception>
    public async Task<WorkflowHistory> ReadAsync()
    {
        if (!File.Exists(Path))
        {
            throw new WorkflowTestException(
                $"There is no golden history '{Path}' yet. Run the test once with {UpdateVariable}=1, look at the "
                + "file, and commit it.");
        }

        try
        {
            return WorkflowHistory.FromJson(_workflowId, await File.ReadAllTextAsync(Path).ConfigureAwait(false));
        }
        catch (Exception unreadable) when (unreadable is JsonException or ArgumentException or InvalidOperationException
            or Google.Protobuf.InvalidProtocolBufferException)
        {
            throw new WorkflowTestException(
                $"The golden history '{Path}' cannot be read: {unreadable.Message} Restore it, or write it anew with "
                + $"{UpdateVariable}=1.",
                unreadable);
        }
    }

    /// <summary>Writes it in lines, so that a review sees what changed, and without the stacks of failures, which name
    /// folders of this machine and change with every line of code.</summary>
    public async Task WriteAsync(WorkflowHistory history)
    {
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(Path)!);
        var json = JsonNode.Parse(history.ToJson())!;
        RemoveStacks(json);
        await File.WriteAllTextAsync(Path, $"{json.ToJsonString(Indented)}\n").ConfigureAwait(false);
    }

    private static void RemoveStacks(JsonNode? node)
    {
        if (node is JsonObject fields)
        {
            fields.Remove("stackTrace");
        }

        foreach (var child in node switch
        {
            JsonObject values => values.Select(value => value.Value),
            JsonArray values => values,
            _ => [],
        })
        {
            RemoveStacks(child);
        }
    }
}
