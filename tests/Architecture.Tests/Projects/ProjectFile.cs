using System.Xml.Linq;

namespace AugmentedOS.Architecture.Tests.Projects;

/// <summary>What a project file says of itself.</summary>
internal sealed record ProjectFile(string Path, string Name, IReadOnlyList<string> References)
{
    public static IReadOnlyList<ProjectFile> All { get; } =
        [.. new[] { "src", "pilot", "samples", "bench", "tests" }.SelectMany(room => Repository.Files(room, "*.csproj")).Select(Load)];

    private static ProjectFile Load(string path)
    {
        var references = XDocument.Parse(Repository.Read(path)).Descendants("ProjectReference")
            .Select(reference => NameOf(reference.Attribute("Include")!.Value));
        return new ProjectFile(path, NameOf(path), [.. references]);
    }

    private static string NameOf(string path) => System.IO.Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
}
