using System.Reflection;
using System.Text.RegularExpressions;

namespace AugmentedOS.Architecture.Tests.Engine;

/// <summary>The ban on clocks, random sources and loose threads is in force: nothing is misspelt, nothing is lifted.</summary>
public sealed partial class BannedSymbolTests
{
    private const string ListPath = "src/Engine/BannedSymbols.txt";

    private static readonly string[] MustBeBanned =
    [
        "P:System.DateTime.UtcNow", "P:System.DateTimeOffset.UtcNow", "P:System.TimeProvider.System",
        "M:System.Guid.NewGuid", "P:System.Random.Shared", "M:System.Threading.Thread.Sleep(System.Int32)",
        "M:System.Threading.Tasks.Task.Run(System.Action)", "M:System.Threading.Tasks.Task.Delay(System.TimeSpan)",
    ];

    private static IReadOnlyList<string> Lines { get; } =
        [.. Repository.Read(ListPath).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    [Fact]
    public void List_WhenItIsRead_BansClocksRandomnessAndThreads() => Report.None(
        $"{ListPath} does not ban:", MustBeBanned.Except(Lines.Select(SymbolOf)));

    [Fact]
    public void List_WhenItNamesASymbol_NamesOneThatExists() => Report.None(
        "A name that does not exist bans nothing:", Lines.Select(SymbolOf).Where(symbol => !Exists(symbol)));

    [Fact]
    public void List_WhenItBans_SaysWhatToDoInstead() => Report.None(
        "A line without a reason helps nobody:", Lines.Where(line => line.Split(';', 2) is not [_, { Length: > 10 }]));

    [Fact]
    public void Engine_WhenItIsBuilt_IsBuiltWithTheListAsErrors()
    {
        var project = Repository.Read("src/Engine/Engine.csproj");
        Assert.Contains("Microsoft.CodeAnalysis.BannedApiAnalyzers", project);
        Assert.Contains("""<AdditionalFiles Include="BannedSymbols.txt" />""", project);
        Assert.Contains("<TreatWarningsAsErrors>true</TreatWarningsAsErrors>", Repository.Read("Directory.Build.props"));
        foreach (var path in (string[])[".editorconfig", "Directory.Build.props", "src/Engine/Engine.csproj"])
        {
            Assert.DoesNotContain("RS0030", Repository.Read(path));
        }
    }

    [Fact]
    public void Ban_WhenItIsLifted_IsLiftedWhereTheHostChoosesOnly() => Assert.Equal(
        ["src/Engine/Hosting/EngineClock.cs", "src/Engine/Hosting/TimeOrderedIds.cs"],
        Repository.Files("src/Engine", "*.cs").Where(path => Repository.Read(path).Contains("RS0030", StringComparison.Ordinal)));

    [Fact]
    public void RealClock_WhenItIsNamed_IsNamedInOnePlace() => Assert.Equal(
        ["src/Engine/Hosting/EngineClock.cs"],
        Repository.Files("src/Engine", "*.cs").Where(path => RealClock().IsMatch(Repository.Read(path))));

    private static string SymbolOf(string line) => line.Split(';')[0];

    private static bool Exists(string symbol)
    {
        var member = symbol[2..].Split('(')[0].Replace("#ctor", ".ctor", StringComparison.Ordinal);
        var at = member.EndsWith("..ctor", StringComparison.Ordinal) ? member.Length - 6 : member.LastIndexOf('.');
        var type = Type.GetType(member[..at]) ?? Type.GetType($"{member[..at]}, System.Runtime");
        return type?.GetMember(member[(at + 1)..], BindingFlags.Public | BindingFlags.Static | BindingFlags.Instance)
            .Any(found => Documented(found) == symbol) is true;
    }

    /// <summary>The member's documentation id, as far as this list needs it.</summary>
    private static string Documented(MemberInfo member) => member switch
    {
        PropertyInfo => $"P:{member.DeclaringType!.FullName}.{member.Name}",
        MethodBase { IsGenericMethod: false } method =>
            $"M:{member.DeclaringType!.FullName}.{member.Name.Replace('.', '#')}{Documented(method.GetParameters())}",
        _ => "",
    };

    private static string Documented(ParameterInfo[] parameters) => parameters.Length == 0
        ? ""
        : $"({string.Join(',', parameters.Select(parameter => Documented(parameter.ParameterType)))})";

    private static string Documented(Type type)
    {
        if (!type.IsConstructedGenericType)
        {
            return type.FullName ?? type.Name;
        }

        var arguments = string.Join(',', type.GenericTypeArguments.Select(Documented));
        return $"{type.Namespace}.{type.Name.Split('`')[0]}{{{arguments}}}";
    }

    [GeneratedRegex(@"TimeProvider\.System\b")]
    private static partial Regex RealClock();
}
