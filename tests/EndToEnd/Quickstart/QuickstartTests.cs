using System.Globalization;
using AugmentedOS.EndToEnd.Processes;
using AugmentedOS.Testing.Engines;

namespace AugmentedOS.EndToEnd.Quickstart;

/// <summary>The quickstart does what it says: its commands are executed, its files written, and its program killed, as the
/// page tells a reader to.</summary>
public sealed class QuickstartTests : IDisposable
{
    private const string Run = "dotnet run --project Shop -- ";
    private const string Started = "Application started";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly TemporaryFolder _folder = new();
    private readonly string _port = LowPort.Find().ToString(CultureInfo.InvariantCulture);
    private readonly HttpClient _web = new() { Timeout = Patience };
    private readonly List<string> _answers = [];
    private readonly Shell _shell;

    public QuickstartTests() => _shell = new Shell(_folder.Path, new Dictionary<string, string>
    {
        ["AOS"] = QuickstartPage.Repository,
        ["Engine__Port"] = "0",

        // Nothing that a build leaves running may outlive the test, or write in the folder that it deletes.
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
        ["DOTNET_NOLOGO"] = "1",
    });

    public void Dispose()
    {
        _shell.Dispose();
        _web.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public async Task Quickstart_WhenFollowed_DoesWhatItSays()
    {
        await using var server = await EngineProcess.StartReadyAsync("--db", _folder.Database);
        var address = await server.AddressAsync();
        foreach (var step in QuickstartPage.Read())
        {
            if (step.FileName is { } name)
            {
                await File.WriteAllTextAsync(Path.Combine(_shell.Folder, name), step.Text);
            }
            else
            {
                await ObeyAsync(step.Text.Replace("5080", _port, StringComparison.Ordinal), address);
            }
        }

        Assert.Equal(
            ["1001", "waiting for payment", "waiting for payment", "", "shipped in parcel-1001", "3 tests", "server"], _answers);
    }

    private async Task ObeyAsync(string command, string server)
    {
        if (command.StartsWith("export ", StringComparison.Ordinal))
        {
            return;
        }

        if (command.StartsWith("curl ", StringComparison.Ordinal))
        {
            _answers.Add(await AskAsync(command));
        }
        else if (command.StartsWith(Run, StringComparison.Ordinal))
        {
            // A second time kills the first, as hard as there is.
            await _shell.StartAsync(command, Started);
        }
        else if (command.StartsWith("Workflows__Profile=Cluster", StringComparison.Ordinal))
        {
            await _shell.StartAsync(
                command.Replace("server:7233", server, StringComparison.Ordinal) + $" -- --urls http://localhost:{_port}",
                $"Workflows run on Cluster (as configured) at {server}");
            _answers.Add("server");
        }
        else
        {
            await RunAsync(command);
        }
    }

    private async Task RunAsync(string command)
    {
        var output = await _shell.RunAsync(command);
        if (command == "mkdir shop && cd shop")
        {
            _shell.Folder = Path.Combine(_shell.Folder, "shop");
        }

        if (command == "dotnet run --project Shop.Tests")
        {
            Assert.Contains("Total: 3, Errors: 0, Failed: 0", output, StringComparison.Ordinal);
            _answers.Add("3 tests");
        }
    }

    /// <summary>Does what curl does. After the payment the page asks a moment later.</summary>
    private async Task<string> AskAsync(string command)
    {
        var url = new Uri(command.Split(' ')[^1]);
        if (command.Contains("-X POST", StringComparison.Ordinal))
        {
            using var posted = await _web.PostAsync(url, content: null);
            return await posted.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
        }

        using var patience = new CancellationTokenSource(Patience);
        var isPaid = _answers.Contains("");
        while (true)
        {
            var status = await _web.GetStringAsync(url, patience.Token);
            if (!isPaid || status.StartsWith("shipped", StringComparison.Ordinal))
            {
                return status;
            }
        }
    }
}
