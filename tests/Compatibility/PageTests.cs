using AugmentedOS.Compatibility.Notes;
using AugmentedOS.Engine.Tests;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Compatibility;

/// <summary>The compatibility page says what the tests of this run showed, no more and no less.</summary>
public sealed class PageTests(EngineFixture engine) : IClassFixture<EngineFixture>
{
    private const string PagePath = "docs/engine/compatibility.md";

    [Fact]
    public async Task Page_WhenAWholeRunEnds_SaysWhatItShowed()
    {
        var folder = Environment.GetEnvironmentVariable(CompatibilityNotes.FolderVariable);
        Assert.SkipWhen(string.IsNullOrEmpty(folder), "needs the notes of a whole run: bash tests/run");
        var judgement = new Judgement(Evidence.Read(folder!), await Probe.UnimplementedAsync(engine.Address));

        var page = new Page(judgement, await Capability.AllAsync(engine.Client)).Write();

        var made = Path.Combine(Repository.Root, "artifacts", "compatibility.md");
        Directory.CreateDirectory(Path.GetDirectoryName(made)!);
        await File.WriteAllTextAsync(made, page, TestContext.Current.CancellationToken);
        Assert.True(judgement.Complaints.Count == 0, string.Join('\n', judgement.Complaints));
        Assert.True(
            page == Repository.Read(PagePath),
            $"{PagePath} does not say what the tests showed. Look at the difference and take it over:\n"
            + $"  cp artifacts/compatibility.md {PagePath}");
    }

    [Fact]
    public void Declarations_WhenTheyNameSomething_NameSomethingOfTheApi()
    {
        Assert.Empty(Declared.Rpcs.Keys.Except(Rpc.All.Select(rpc => rpc.Name)));
        Assert.Empty(Declared.Commands.Keys.Except(Enum.GetNames<CommandType>()));
        Assert.Empty(Declared.Events.Keys.Except(Enum.GetNames<EventType>()));
    }

    [Fact]
    public async Task Capabilities_WhenDeclaredAsOff_AreOff()
    {
        var capabilities = await Capability.AllAsync(engine.Client);

        Assert.Empty(Declared.Capabilities.Keys.Except(capabilities.Where(it => !it.IsOn).Select(it => it.Name)));
    }

    [Fact]
    public void Judgement_WhenNothingShowsAClaim_Complains()
    {
        var judgement = new Judgement(new Evidence(new HashSet<string>()), new HashSet<string>());

        judgement.Of(Rpc.All.Single(rpc => rpc.Name == "StartWorkflowExecution"));

        Assert.Contains("StartWorkflowExecution is claimed", Assert.Single(judgement.Complaints), StringComparison.Ordinal);
    }

    [Fact]
    public void Judgement_WhenTestsShowWhatIsDeclaredAsMissing_Complains()
    {
        var judgement = new Judgement(
            new Evidence(new HashSet<string> { "event WorkflowExecutionUpdateRejected" }), new HashSet<string>());

        judgement.OfEvent("WorkflowExecutionUpdateRejected");

        Assert.Contains("declared as not offered", Assert.Single(judgement.Complaints), StringComparison.Ordinal);
    }
}
