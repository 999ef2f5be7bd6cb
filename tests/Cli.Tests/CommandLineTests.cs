namespace AugmentedOS.Cli.Tests;

public sealed class CommandLineTests
{
    [Fact]
    public async Task Help_WhenAskedAtTheTop_NamesTheCommands()
    {
        var run = await RunAsync("--help");

        Assert.Equal(0, run.Code);
        Assert.Contains("engine", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Help_WhenAskedForStart_NamesEveryOption()
    {
        var run = await RunAsync("engine", "start", "--help");

        Assert.Equal(0, run.Code);
        foreach (var option in (string[])
            ["--db", "--port", "--ip", "--http-port", "--namespace", "--search-attribute", "--log-level", "--log-format"])
        {
            Assert.Contains(option, run.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Start_WhenEverybodyCouldReachIt_AsksForProofOrAWord()
    {
        var run = await RunAsync(
            "engine", "start", "--db", ":memory:", "--port", "0", "--http-port", "0", "--ip", "0.0.0.0");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("--allow-unauthenticated", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenTlsFilesAreMissing_NamesThem()
    {
        var run = await RunAsync(
            "engine", "start", "--db", ":memory:", "--port", "0", "--http-port", "0", "--tls-cert", "none.pem", "--tls-key",
            "none.key");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("none.pem", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Key_WhenCreated_IsShownWithTheLineThatLetsItIn()
    {
        var run = await RunAsync("key", "create", "ci", "--permission", "orders:write", "-p", "default:read");

        Assert.Equal(ExitCode.Ok, run.Code);
        var key = System.Text.RegularExpressions.Regex.Match(run.Output, "aos_[A-Za-z0-9_-]{43}").Value;
        var hash = Convert.ToHexStringLower(
            System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(key)));
        Assert.Contains($"AOS_ENGINE__ACCESS__APIKEYS__ci=\"sha256:{hash} orders:write default:read\"", run.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("orders")]
    [InlineData("orders:dance")]
    public async Task Key_WhenAPermissionIsNone_IsNotMade(string permission)
    {
        var run = await RunAsync("key", "create", "ci", "--permission", permission);

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains($"'{permission}'", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("aos_", run.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenAnOptionIsUnknown_ExitsWithUsage()
    {
        var run = await RunAsync("engine", "start", "--prot", "1");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("'--prot'", run.Error, StringComparison.Ordinal);
        Assert.Contains("Try 'aos engine start --help'.", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenThePortIsNoNumber_SaysSo()
    {
        var run = await RunAsync("engine", "start", "--port", "many");

        Assert.Equal(ExitCode.Usage, run.Code);
        Assert.Contains("'many' is not a port", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WhenASearchAttributeHasNoType_FailsWithTheWay()
    {
        var run = await RunAsync(
            "engine", "start", "--db", ":memory:", "--port", "0", "--http-port", "0", "--search-attribute", "Color");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains("SearchAttributes gives Color the type ''", run.Error, StringComparison.Ordinal);
        Assert.Empty(run.Output);
    }

    [Fact]
    public async Task Start_WhenTheDirectoryIsMissing_FailsWithThePath()
    {
        var missing = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName(), "engine.db");

        var run = await RunAsync("engine", "start", "--db", missing, "--port", "0", "--http-port", "0");

        Assert.Equal(ExitCode.Failed, run.Code);
        Assert.Contains(missing, run.Error, StringComparison.Ordinal);
    }

    private static async Task<(int Code, string Output, string Error)> RunAsync(params string[] args)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync(args, output, error);
        return (code, output.ToString(), error.ToString());
    }
}
