using System.Security.Cryptography;
using AugmentedOS.Pilot.Workflows;

namespace AugmentedOS.Pilot.Run;

/// <summary>The folder that people put their receipts in. Hidden files are not receipts.</summary>
internal sealed class InboxFolder(string path, Pace pace)
{
    public IEnumerable<FileInfo> Files() => new DirectoryInfo(path).EnumerateFiles()
        .Where(file => !file.Name.StartsWith('.'))
        .OrderBy(file => file.Name, StringComparer.Ordinal);

    public ReviewRequest Receive(FileInfo file)
    {
        using var content = file.OpenRead();
        var hash = Convert.ToHexStringLower(SHA256.HashData(content));
        return new ReviewRequest(file.FullName, file.Name, hash, pace);
    }
}
