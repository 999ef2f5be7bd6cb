namespace AugmentedOS.Compatibility;

/// <summary>The repository that these tests were built in.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    private static string Find()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "AugmentedOS.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException($"AugmentedOS.slnx is in no folder above {AppContext.BaseDirectory}.");
    }
}
