namespace AugmentedOS.Workflows.Health;

/// <summary>The machine's disks.</summary>
internal sealed class Disk : IDisk
{
    public long FreeNextTo(string file) =>
        new DriveInfo(Path.GetDirectoryName(Path.GetFullPath(file))!).AvailableFreeSpace;
}
