namespace AugmentedOS.Architecture.Tests;

/// <summary>The repository that these tests look at: the one they were built in.</summary>
internal static class Repository
{
    private static readonly string[] Generated = ["bin", "obj", "artifacts", "TestResults", "node_modules", ".git"];

    public static string Root { get; } = Find();

    public static string Read(string path) => File.ReadAllText(Path.Combine(Root, path));

    /// <summary>Files below a folder, as paths from the root with forward slashes, in order; without what builds make.
    /// </summary>
    public static IReadOnlyList<string> Files(string folder, string pattern) =>
    [
        .. Directory.EnumerateFiles(Path.Combine(Root, folder), pattern, SearchOption.AllDirectories)
            .Select(RelativeTo)
            .Where(path => !path.Split('/').Any(Generated.Contains))
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>The C# of the product and of its tests.</summary>
    public static IEnumerable<string> Sources(params string[] rooms) => rooms.SelectMany(room => Files(room, "*.cs"));

    private static string RelativeTo(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

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
