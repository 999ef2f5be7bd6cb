using System.Text.Json;
using System.Xml.Linq;

namespace AugmentedOS.Architecture.Tests.Projects;

/// <summary>A clone restores the packages that were tested, to the byte.</summary>
public sealed class LockFileTests
{
    [Fact]
    public void Projects_WhenTheyExist_HaveALockFile() => Report.None(
        "Restore it and commit packages.lock.json beside it:",
        ProjectFile.All.Select(LockOf).Where(path => !File.Exists(Path.Combine(Repository.Root, path))));

    [Fact]
    public void LockFiles_WhenTheyResolveADirectPackage_AgreeWithThePinnedVersion()
    {
        var pinned = XDocument.Parse(Repository.Read("Directory.Packages.props")).Descendants("PackageVersion")
            .ToDictionary(package => package.Attribute("Include")!.Value, package => package.Attribute("Version")!.Value);
        Report.None(
            "A lock file is older than Directory.Packages.props:",
            from project in ProjectFile.All
            from package in DirectPackages(LockOf(project))
            where !pinned.TryGetValue(package.Id, out var version) || version != package.Version
            select $"{LockOf(project)}: {package.Id} {package.Version}");
    }

    [Fact]
    public void ProjectFiles_WhenTheyReferAPackage_LeaveItsVersionToTheProps() => Report.None(
        "Versions stand in Directory.Packages.props, once:",
        from project in ProjectFile.All
        from package in XDocument.Parse(Repository.Read(project.Path)).Descendants("PackageReference")
        where package.Attribute("Version") is not null || package.Attribute("VersionOverride") is not null
        select $"{project.Path}: {package.Attribute("Include")?.Value}");

    private static string LockOf(ProjectFile project) =>
        $"{Path.GetDirectoryName(project.Path)!.Replace('\\', '/')}/packages.lock.json";

    private static IEnumerable<(string Id, string Version)> DirectPackages(string path)
    {
        using var document = JsonDocument.Parse(Repository.Read(path));
        var frameworks = document.RootElement.GetProperty("dependencies").EnumerateObject();
        return
        [
            .. from framework in frameworks
               from package in framework.Value.EnumerateObject()
               where package.Value.GetProperty("type").GetString() == "Direct"
               select (package.Name, package.Value.GetProperty("resolved").GetString()!),
        ];
    }
}
