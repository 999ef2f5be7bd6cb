using System.Reflection;

namespace AugmentedOS.Architecture.Tests.Projects;

/// <summary>The house's arrows: who may use whom. A new project gets its line here.</summary>
public sealed class ProjectReferenceTests
{
    private static readonly Dictionary<string, string[]> MayUse = new(StringComparer.Ordinal)
    {
        ["Engine"] = [],
        ["Workflows"] = ["Engine"],
        ["Testing"] = ["Engine", "Workflows"],
        ["Cli"] = ["Engine", "Workflows"],
        ["Pilot"] = ["Engine", "Workflows"],
        ["Samples"] = ["Workflows", "Testing"],
        ["Bench"] = ["Engine", "Workflows"],
        ["Engine.Tests"] = ["Engine"],
        ["Workflows.Tests"] = ["Workflows", "Testing", "Engine"],
        ["Testing.Tests"] = ["Testing", "Workflows", "Engine", "Cli"],
        ["Samples.Tests"] = ["Samples", "Testing", "Workflows"],
        ["Cli.Tests"] = ["Cli", "Engine", "Workflows", "Testing"],
        ["Pilot.Tests"] = ["Pilot", "Engine", "Workflows", "Testing"],
        ["Architecture.Tests"] = ["Engine", "Workflows", "Testing", "Cli", "Pilot", "Samples"],
        ["Compatibility"] = ["Engine"],
        ["Fuzz"] = ["Engine"],
        ["EndToEnd"] = ["Engine", "Testing", "Cli", "Pilot"],
    };

    [Fact]
    public void Projects_WhenTheyReferenceEachOther_FollowTheArrows() => Report.None(
        "A project uses a room that it may not use:",
        from project in ProjectFile.All
        from used in project.References
        where !MayUse.TryGetValue(project.Name, out var allowed) || !allowed.Contains(used)
        select $"{project.Path} uses {used}");

    [Fact]
    public void Projects_WhenTheyExist_HaveALineInTheTable() => Assert.Equal(
        MayUse.Keys.Order(StringComparer.Ordinal), ProjectFile.All.Select(project => project.Name).Order(StringComparer.Ordinal));

    [Fact]
    public void Projects_WhenTheyExist_AreInTheSolution()
    {
        var solution = Repository.Read("AugmentedOS.slnx");
        Report.None(
            "The solution, and so the test command, knows nothing of:",
            ProjectFile.All.Select(project => project.Path).Where(path => !solution.Contains(path, StringComparison.Ordinal)));
    }

    [Fact]
    public void Assemblies_WhenTheyReferenceEachOther_FollowTheArrows()
    {
        // What a package drags in is not in a project file; what an assembly really refers to is here.
        var assemblies = new Dictionary<string, Assembly>(StringComparer.Ordinal)
        {
            ["Engine"] = typeof(AugmentedOS.Engine.Hosting.IWorkflowEngine).Assembly,
            ["Workflows"] = Assembly.Load("AugmentedOS.Workflows"),
            ["Testing"] = Assembly.Load("AugmentedOS.Testing"),
            ["Samples"] = Assembly.Load("AugmentedOS.Samples"),
            ["Cli"] = Assembly.Load("aos"),
            ["Pilot"] = Assembly.Load("AugmentedOS.Pilot"),
        };
        Report.None(
            "An assembly uses a room that it may not use:",
            from pair in assemblies
            from used in pair.Value.GetReferencedAssemblies()
            where used.Name!.StartsWith("AugmentedOS.", StringComparison.Ordinal) || used.Name == "aos"
            where !MayUse[pair.Key].Contains(used.Name!.Replace("AugmentedOS.", "", StringComparison.Ordinal))
            select $"{pair.Key} uses {used.Name}");
    }
}
