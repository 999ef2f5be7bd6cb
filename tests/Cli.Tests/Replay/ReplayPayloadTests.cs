using AugmentedOS.Engine.Hosting.Environments;
using Temporalio.Worker;

namespace AugmentedOS.Cli.Tests.Replay;

/// <summary><c>aos replay</c> on histories that only their owner can read.</summary>
public sealed class ReplayPayloadTests : IAsyncLifetime
{
    private static readonly string[] Build =
    [
        "replay", "--assembly", typeof(ParcelVersions).Assembly.Location, "--class", typeof(ParcelVersions.First).FullName!,
    ];

    private readonly string _folder = Directory.CreateTempSubdirectory("payloads").FullName;
    private EngineEnvironment _engine = null!;

    public async ValueTask InitializeAsync()
    {
        _engine = await EngineEnvironment.StartAsync(
            client: new() { Namespace = "orders", DataConverter = SealedPayloads.Converter });
        await RecordAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _engine.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Replay_WhenNothingIsSaidOfPayloads_FailsAndSaysWhatToGive()
    {
        var run = await ReplayAsync();

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("encoded as 'binary/sealed'", run.Error, StringComparison.Ordinal);
        Assert.Contains("--converter", run.Error, StringComparison.Ordinal);
        Assert.Contains("--codec-endpoint", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(typeof(SealingCodec))]
    [InlineData(typeof(SealedPayloads))]
    public async Task Replay_WhenTheBuildReadsPayloads_ReplaysThem(Type converter)
    {
        var run = await ReplayAsync("--converter", converter.FullName!);

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
    }

    [Theory]
    [InlineData("Nothing.Here", "has no class 'Nothing.Here'")]
    [InlineData("AugmentedOS.Cli.Tests.Replay.ParcelVersions", "reads no payloads")]
    [InlineData("AugmentedOS.Cli.Tests.Replay.KeylessCodec", "there is no key in ORDERS_KEY")]
    [InlineData("AugmentedOS.Cli.Tests.Replay.KeyedCodec", "cannot be made without arguments")]
    public async Task Replay_WhenTheConverterCannotBeHad_SaysWhyAndExitsWithUsage(string converter, string message)
    {
        var run = await ReplayAsync("--converter", converter);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenACodecServerReadsPayloads_AsksItOnceForEachRun()
    {
        await RecordAsync();
        await using var server = await TestCodecServer.StartAsync();

        var run = await ReplayAsync(
            "--codec-endpoint", $"{server.Address}/of/{{namespace}}/", "--codec-auth", TestCodecServer.Auth,
            "--codec-header", "team=parcels");

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.Equal(
            [("/of/orders/decode", "orders", "parcels"), ("/of/orders/decode", "orders", "parcels")], server.Asked);
    }

    [Fact]
    public async Task Replay_WhenTheEnvironmentNamesTheCodecServer_AsksThat()
    {
        await using var server = await TestCodecServer.StartAsync();
        var variables = new Dictionary<string, string>
        {
            ["TEMPORAL_ADDRESS"] = _engine.Address,
            ["TEMPORAL_NAMESPACE"] = "orders",
            ["TEMPORAL_CODEC_ENDPOINT"] = server.Address,
            ["TEMPORAL_CODEC_AUTH"] = TestCodecServer.Auth,
        };

        var run = await AosRun.WithAsync(variables, Build);

        Assert.Equal((ExitCode.Ok, ""), (run.Code, run.Error));
        Assert.Single(server.Asked);
    }

    [Fact]
    public async Task Replay_WhenHistoriesAreSaved_KeepsThemSealed()
    {
        await using var server = await TestCodecServer.StartAsync();
        string[] codec = ["--codec-endpoint", server.Address, "--codec-auth", TestCodecServer.Auth];

        await ReplayAsync([.. codec, "--save", _folder]);
        var sealedRun = await AosRun.OfAsync([.. Build, "--from", _folder]);
        var opened = await AosRun.OfAsync([.. Build, "--from", _folder, "--namespace", "orders", .. codec]);

        Assert.Equal((ExitCode.Failed, ExitCode.Ok), (sealedRun.Code, opened.Code));
        Assert.Equal("orders", server.Asked.Last().Namespace);
    }

    [Fact]
    public async Task Replay_WhenTheCodecServerRefuses_SaysWhatToGive()
    {
        await using var server = await TestCodecServer.StartAsync();

        var run = await ReplayAsync("--codec-endpoint", server.Address);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"{server.Address}/decode answered 401 Unauthorized: who are you?", run.Error, StringComparison.Ordinal);
        Assert.Contains("--codec-auth", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"payloads":[]}""", "payloads with 0")]
    [InlineData("<html>", "something else than payloads as JSON")]
    public async Task Replay_WhenTheCodecServerAnswersNonsense_ExitsWithUsage(string answer, string message)
    {
        await using var server = await TestCodecServer.StartAsync(_ => answer);

        var run = await ReplayAsync("--codec-endpoint", server.Address, "--codec-auth", TestCodecServer.Auth);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Replay_WhenTheCodecServerIsNotThere_ExitsWithUsage()
    {
        var run = await ReplayAsync("--codec-endpoint", "http://127.0.0.1:1");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.StartsWith("The codec server http://127.0.0.1:1/decode cannot be asked", run.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--codec-endpoint", "codec.example", "'codec.example' is no codec server: give an address such as")]
    [InlineData("--codec-header", "team", "'team' is no header: give NAME=VALUE.")]
    public async Task Replay_WhenAnOptionIsWrong_SaysWhatToGive(string option, string value, string message)
    {
        var run = await ReplayAsync(option, value);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains(message, run.Error, StringComparison.Ordinal);
    }

    private Task<AosRun> ReplayAsync(params string[] options) =>
        AosRun.OfAsync([.. Build, "--address", _engine.Address, "--namespace", "orders", .. options]);

    /// <summary>A parcel that has come to its end: with an argument and a signal's argument.</summary>
    private async Task RecordAsync()
    {
        var queue = $"parcels-{Guid.NewGuid():N}";
        using var worker = new TemporalWorker(
            _engine.Client, new TemporalWorkerOptions(queue).AddWorkflow<ParcelVersions.First>());
        await worker.ExecuteAsync(async () =>
        {
            var parcel = await _engine.Client.StartWorkflowAsync(
                (ParcelVersions.First workflow) => workflow.RunAsync("Graz"), new($"parcel-{Guid.NewGuid():N}", queue));
            await parcel.SignalAsync(workflow => workflow.SendAsync("by train"));
            await parcel.GetResultAsync();
        });
    }
}
