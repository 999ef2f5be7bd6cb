namespace AugmentedOS.Pilot.Run;

/// <summary>Takes files as they arrive, until it is told to stop.</summary>
/// <remarks>It looks instead of listening: change notifications get lost on network drives and under load.</remarks>
internal sealed class InboxWatch(InboxFolder inbox, Reception reception, TimeProvider time)
{
    private static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);

    private readonly CompleteFiles _files = new(inbox);

    public async Task WatchAsync(CancellationToken cancelled)
    {
        while (true)
        {
            foreach (var file in _files.Look())
            {
                await TakeAsync(file, cancelled);
            }

            await Task.Delay(BetweenLooks, time, cancelled);
        }
    }

    private async Task TakeAsync(FileInfo file, CancellationToken cancelled)
    {
        try
        {
            await reception.HandInAsync([inbox.Receive(file)], cancelled);
            _files.MarkTaken(file);
        }
        catch (IOException)
        {
            // Still open in another program, or gone again; the next look tells.
        }
    }
}
