using AugmentedOS.Engine.Hosting;
using AugmentedOS.Pilot.Approvers;
using AugmentedOS.Pilot.Run;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Spectre.Console;
using Temporalio.Client;

namespace AugmentedOS.Pilot.Tests.Run;

public sealed class PilotCommandTests
{
    [Fact]
    public async Task Command_WhenNothingIsSaid_UsesTheScriptAndTheEngineInThisProcess()
    {
        var options = await OptionsAsync("--inbox", AppContext.BaseDirectory);

        using var pilot = PilotHost.Build(options, AnsiConsole.Console);
        var client = pilot.Services.GetRequiredService<ITemporalClient>();
        Assert.Equal((ApproverKind.Script, null, "default"), (options.Approver, options.Target, client.Options.Namespace));
        Assert.True(HasAnEngine(pilot));
        Assert.True(options.Pace.RemindAfter < TimeSpan.FromSeconds(5));
    }

    [Fact]
    public async Task Command_WhenAServerIsNamed_UsesThatAndNoEngine()
    {
        using var pilot = PilotHost.Build(
            await OptionsAsync("--inbox", AppContext.BaseDirectory, "--target", "temporal.example:7233", "--namespace", "desk"),
            AnsiConsole.Console);

        var client = pilot.Services.GetRequiredService<ITemporalClient>();
        Assert.Equal(
            ("temporal.example:7233", "desk"), (client.Connection.Options.TargetHost, client.Options.Namespace));
        Assert.False(HasAnEngine(pilot));
    }

    [Fact]
    public async Task Command_WhenPeopleDecide_GivesThemDays() =>
        Assert.Equal(
            TimeSpan.FromDays(1),
            (await OptionsAsync("--inbox", AppContext.BaseDirectory, "--approver", "none")).Pace.RemindAfter);

    [Fact]
    public async Task Command_WhenTimesAreGiven_UsesThem()
    {
        var pace = (await OptionsAsync("--inbox", AppContext.BaseDirectory, "--remind-after", "0.25")).Pace;

        Assert.Equal(TimeSpan.FromMilliseconds(250), pace.RemindAfter);
    }

    [Theory]
    [InlineData("There is no folder", "--inbox", "/no/such/folder")]
    [InlineData("--target takes HOST:PORT", "--target", "localhost")]
    [InlineData("--target takes HOST:PORT", "--target", "localhost:99999")]
    [InlineData("--port takes a number from 0 to 65535", "--port", "http")]
    [InlineData("--remind-after takes a number of seconds above zero", "--remind-after", "-1")]
    [InlineData("--step-timeout takes a number of seconds above zero", "--step-timeout", "soon")]
    [InlineData("'nobody' not recognized", "--approver", "nobody")]
    [InlineData("--bogus", "--bogus")]
    public void Command_WhenAnArgumentIsWrong_SaysWhichAndWhy(string text, params string[] arguments)
    {
        var parsed = new PilotCommand().Root((_, _) => Task.FromResult(0)).Parse(arguments);

        Assert.Contains(text, string.Join('\n', parsed.Errors.Select(error => error.Message)));
    }

    private static bool HasAnEngine(IHost pilot) =>
        pilot.Services.GetRequiredService<IServiceProviderIsService>().IsService(typeof(IWorkflowEngine));

    private static async Task<PilotOptions> OptionsAsync(params string[] arguments)
    {
        PilotOptions? seen = null;
        var root = new PilotCommand().Root((options, _) =>
        {
            seen = options;
            return Task.FromResult(0);
        });
        await root.Parse(arguments).InvokeAsync();
        return seen!;
    }
}
