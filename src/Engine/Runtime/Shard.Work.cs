namespace AugmentedOS.Engine.Runtime;

/// <content>Tells the clock what its runs hold, where time can be skipped.</content>
internal sealed partial class Shard
{
    private void NoteWork(RunEntry entry)
    {
        if (_services.Stillness is { } stillness)
        {
            var work = RunWork.Of(entry.State);
            stillness.Shift(entry.Work, work);
            entry.Work = work;
        }
    }

    private void ForgetWork(RunEntry entry)
    {
        _services.Stillness?.Shift(entry.Work, default);
        entry.Work = default;
    }

    private void ForgetAllWork()
    {
        foreach (var entry in _runs.All)
        {
            ForgetWork(entry);
        }
    }
}
