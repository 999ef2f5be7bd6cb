using System.Text.Json;
using AugmentedOS.Engine.Hosting.Environments;

namespace AugmentedOS.Cli.Tests.Replay;

/// <summary><c>aos patches</c>: the patches of this test's assembly, against an engine's address.</summary>
public sealed class PatchesCommandTests
{
    [Fact]
    public async Task Patches_WhenARunFromBeforeGoesOn_SaysThatItIsActiveAndNamesTheRun()
    {
        await using var engine = await EngineEnvironment.StartAsync();
        await engine.Client.StartWorkflowAsync(DeliveryVersions.Name, [], new("delivery-1", "nobody"));

        var run = await PatchesAsync<DeliveryVersions.Careful>("--address", engine.Address);

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.StartsWith(
            "packs: Active (Goods are packed before they are delivered; CliDelivery)", run.Output, StringComparison.Ordinal);
        Assert.Contains("  open     1 from before it, 0 with it, 0 of them deprecated", run.Output, StringComparison.Ordinal);
        Assert.Contains("  such as  delivery-1", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patches_WhenJsonIsAskedFor_WritesAnArray()
    {
        await using var engine = await EngineEnvironment.StartAsync();

        var run = await PatchesAsync<DeliveryVersions.Careful>("--address", engine.Address, "--json");

        using var json = JsonDocument.Parse(run.Output);
        var patch = json.RootElement.EnumerateArray().Single();
        Assert.Equal("removable", patch.GetProperty("state").GetString());
        Assert.Equal("packs", patch.GetProperty("patch").GetProperty("id").GetString());
    }

    [Fact]
    public async Task Patches_WhenTheBuildDeclaresNone_SaysHowTheyAreFound()
    {
        await using var engine = await EngineEnvironment.StartAsync();

        var run = await PatchesAsync<DeliveryVersions.First>("--address", engine.Address);

        Assert.Equal(ExitCode.Ok, run.Code);
        Assert.Contains("declares no patch", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Patches_WhenNoServerIsThere_ExitsWithUsageAndNamesTheAddress()
    {
        var run = await PatchesAsync<DeliveryVersions.Careful>("--address", "127.0.0.1:1");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("Cannot connect to 127.0.0.1:1", run.Error, StringComparison.Ordinal);
    }

    private static Task<AosRun> PatchesAsync<TWorkflow>(params string[] args) => AosRun.OfAsync(
        ["patches", "--assembly", typeof(TWorkflow).Assembly.Location, "--class", typeof(TWorkflow).FullName!, .. args]);
}
