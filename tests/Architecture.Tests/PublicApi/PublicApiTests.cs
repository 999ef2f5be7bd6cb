using System.Reflection;

namespace AugmentedOS.Architecture.Tests.PublicApi;

/// <summary>What users compile against, listed for each package beside this file: it changes on purpose or not at all.
/// </summary>
public sealed class PublicApiTests
{
    [Theory]
    [InlineData("Engine")]
    [InlineData("Workflows")]
    [InlineData("Testing")]
    public void PublicApi_WhenItIsListed_IsExactlyTheList(string package)
    {
        var path = $"tests/Architecture.Tests/PublicApi/{package}.txt";
        var actual = string.Concat(Assembly.Load($"AugmentedOS.{package}").GetExportedTypes()
            .OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Describe));
        var listed = Repository.Read(path);
        Assert.True(
            actual == listed,
            $"The public API is not what {path} lists. If that is meant, make it the list and say so in CHANGELOG.md:\n"
                + actual);
    }

    private static string Describe(Type type)
    {
        var members = type.GetMembers(
                BindingFlags.Public | BindingFlags.Instance | BindingFlags.Static | BindingFlags.DeclaredOnly)
            .Where(member => member is not MethodInfo { IsSpecialName: true })
            .Select(member => $"  {member}\n")
            .Order(StringComparer.Ordinal);
        return $"{type.FullName}\n{string.Concat(members)}";
    }
}
