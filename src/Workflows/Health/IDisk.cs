namespace AugmentedOS.Workflows.Health;

/// <summary>Knows how much room there is.</summary>
internal interface IDisk
{
    /// <summary>Bytes that this process may still write next to a file.</summary>
    long FreeNextTo(string file);
}
