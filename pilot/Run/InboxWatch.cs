namespace AugmentedOS.Pilot.Run;

/// <summary>
/// Takes files as they arrive. A file counts as complete when its size and time have stood still between two looks:
/// copying over a network takes a while, and half a receipt is none.
/// </summary>
/// <remarks>It looks instead of listening: change notifications get lost on network drives and under load.</remarks>
internal sealed class InboxWatch(InboxFolder inbox, Reception reception, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, (long Size, DateTime Changed)> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long Size, DateTime Changed)> _taken = new(StringComparer.Ordinal);

    public async Task WatchAsync(CancellationToken cancelled)
    {
        while (true)
        {
            var complete = Look();
            foreach (var file in complete)
            {
                await TakeAsync(file, cancelled);
            }

            await Task.Delay(BetweenLooks, time, cancelled);
        }
    }

    /// <summary>The files that have stood still since the last look and were not taken yet.</summary>
    internal IReadOnlyList<FileInfo> Look()
    {
        var complete = new List<FileInfo>();
        foreach (var file in inbox.Files())
        {
            var now = (file.Length, file.LastWriteTimeUtc);
            if (_seen.TryGetValue(file.Name, out var before) && before == now && !IsTaken(file.Name, now))
            {
                complete.Add(file);
            }

            _seen[file.Name] = now;
        }

        return complete;
    }

    private bool IsTaken(string name, (long, DateTime) now) => _taken.TryGetValue(name, out var then) && then == now;

    private async Task TakeAsync(FileInfo file, CancellationToken cancelled)
    {
        try
        {
            await reception.HandInAsync([inbox.Receive(file)], cancelled);
            _taken[file.Name] = _seen[file.Name];
        }
        catch (IOException)
        {
            // Still open in another program, or gone again; the next look tells.
        }
    }
}
