namespace AugmentedOS.Compatibility;

/// <summary>What the tests of a whole run showed, from the notes that their assemblies left.</summary>
internal sealed class Evidence(IReadOnlySet<string> lines)
{
    private const string HistoryLongPoll = "PollWorkflowExecutionHistory";

    public static Evidence Read(string folder) => new(
        Directory.EnumerateFiles(folder, "*.notes").SelectMany(File.ReadLines).ToHashSet(StringComparer.Ordinal));

    /// <summary>Whether a test got an answer from it that was no refusal.</summary>
    public bool Answered(Rpc rpc) => lines.Contains($"rpc {rpc.Operation}")
        || (rpc.Name == "GetWorkflowExecutionHistory" && lines.Contains($"rpc {HistoryLongPoll}"));

    public bool CarriedOut(string commandType) => lines.Contains($"command {commandType}");

    public bool Wrote(string eventType) => lines.Contains($"event {eventType}");
}
