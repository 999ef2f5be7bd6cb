namespace AugmentedOS.Pilot.Run;

/// <summary>
/// Tells which files of the inbox have arrived whole. One counts as complete when its size and time have stood still
/// between two looks: copying over a network takes a while, and half a receipt is none.
/// </summary>
internal sealed class CompleteFiles(InboxFolder inbox)
{
    private readonly Dictionary<string, (long Size, DateTime Changed)> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Size, DateTime Changed)> _taken = new(StringComparer.Ordinal);

    /// <summary>The files that have stood still since the last look and were not taken yet.</summary>
    public IReadOnlyList<FileInfo> Look()
    {
        var complete = new List<FileInfo>();
        foreach (var file in inbox.Files())
        {
            var now = (file.Length, file.LastWriteTimeUtc);
            var isTaken = _taken.TryGetValue(file.Name, out var then) && then == now;
            if (!isTaken && _seen.TryGetValue(file.Name, out var before) && before == now)
            {
                complete.Add(file);
            }

            _seen[file.Name] = now;
        }

        return complete;
    }

    /// <summary>Leaves a file alone from now on, unless it changes.</summary>
    public void MarkTaken(FileInfo file) => _taken[file.Name] = _seen[file.Name];
}
