namespace AugmentedOS.Engine.Runtime;

/// <summary>Whether a commit is on disk. Apart from the commit, so that whoever remembers this does not keep all that was
/// written, and all who waited for it.</summary>
internal sealed class CommitMark
{
    private volatile bool _isDurable;

    /// <summary>One that failed never is: what rests on it must wait for the refusal.</summary>
    public bool IsDurable => _isDurable;

    public void Set() => _isDurable = true;
}
