using System.Reflection;

namespace AugmentedOS.Architecture.Tests.Engine;

/// <summary>What users of the engine compile against, listed in PublicApi.Engine.txt: it changes on purpose or not at
/// all.</summary>
public sealed class PublicApiTests
{
    private const string ListPath = "tests/Architecture.Tests/Engine/PublicApi.Engine.txt";

    [Fact]
    public void PublicApi_WhenItIsListed_IsExactlyTheList()
    {
        var actual = string.Concat(
            EngineTypes.Assembly.GetExportedTypes().OrderBy(type => type.FullName, StringComparer.Ordinal).Select(Describe));
        var listed = Repository.Read(ListPath);
        Assert.True(
            actual == listed,
            $"The public API is not what {ListPath} lists. If that is meant, make it the list and say so in CHANGELOG.md:\n"
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
