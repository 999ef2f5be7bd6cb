using System.Net;
using System.Net.Sockets;
using AugmentedOS.EndToEnd.Processes;
using Microsoft.Data.Sqlite;
using Temporalio.Client;

namespace AugmentedOS.EndToEnd.Commands;

/// <summary>What <c>aos engine start</c> does not start with: it says what is wrong and what to do, on standard error,
/// and ends with a code that says whose fault it was.</summary>
public sealed class EngineStartRefusalTests : IDisposable
{
    private const int Failed = 1;
    private const int Usage = 2;
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task Start_WhenThePortIsTaken_NamesItAndTheOption()
    {
        using var taken = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        taken.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        taken.Listen();
        var port = ((IPEndPoint)taken.LocalEndPoint!).Port;

        var said = await RefusedAsync(Failed, "--db", _folder.Database, "--port", $"{port}", "--http-port", "0");

        Assert.Contains($"Cannot listen on 127.0.0.1:{port}", said);
        Assert.Contains("--port", said);
    }

    [Fact]
    public async Task Start_WhenAnotherEngineHasTheFile_NamesItsProcess()
    {
        await using var first = await EngineProcess.StartReadyAsync("--db", _folder.Database);

        var said = await RefusedAsync(Failed, WithDatabase(_folder.Database));

        Assert.Contains($"'{_folder.Database}' is in use by process {first.Id} (aos) since ", said);
        // The first one is none the worse for it.
        await TemporalClient.ConnectAsync(new(await first.AddressAsync()));
    }

    [Fact]
    public async Task Start_WhenTheEngineThatHadTheFileWasKilled_TakesItOver()
    {
        await using (var first = await EngineProcess.StartReadyAsync("--db", _folder.Database))
        {
            await first.KillAsync();
        }

        await using var second = await EngineProcess.StartReadyAsync("--db", _folder.Database);

        await TemporalClient.ConnectAsync(new(await second.AddressAsync()));
    }

    [Fact]
    public async Task Start_WhenTheFileIsNoDatabase_LeavesItAsItIs()
    {
        const string letter = "Dear engine, this is a letter and not a database.";
        await File.WriteAllTextAsync(_folder.Database, letter);

        var said = await RefusedAsync(Failed, WithDatabase(_folder.Database));

        Assert.Contains($"'{_folder.Database}' is not a database", said);
        Assert.Equal(letter, await File.ReadAllTextAsync(_folder.Database));
    }

    [Fact]
    public async Task Start_WhenANewerEngineWroteTheFile_SaysWhatToDo()
    {
        await StartAndStopAsync();
        await using (var connection = new SqliteConnection($"Data Source={_folder.Database};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA user_version = 99";
            await command.ExecuteNonQueryAsync();
        }

        var said = await RefusedAsync(Failed, WithDatabase(_folder.Database));

        Assert.Contains($"'{_folder.Database}' has schema version 99", said);
        Assert.Contains("start the newer engine", said);
    }

    [Fact]
    public async Task Start_WhenTheFileIsDamaged_AsksForTheBackup()
    {
        await StartAndStopAsync();
        await using (var file = File.OpenWrite(_folder.Database))
        {
            file.SetLength(file.Length - 5_000);
        }

        var said = await RefusedAsync(Failed, WithDatabase(_folder.Database));

        Assert.Contains($"'{_folder.Database}' is damaged", said);
        Assert.Contains("Restore a backup", said);
    }

    [Fact]
    public async Task Start_WhenTheDirectoryIsMissing_NamesIt()
    {
        var said = await RefusedAsync(Failed, WithDatabase(_folder.File("nowhere/engine.db")));

        Assert.Contains($"does not exist: create '{_folder.File("nowhere")}'", said);
    }

    [Fact]
    public async Task Start_WhenThePathLeadsThroughAFile_SaysThatItsDirectoryIsMissing()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "");

        var said = await RefusedAsync(Failed, WithDatabase(_folder.File("file/engine.db")));

        Assert.Contains(_folder.File("file/engine.db"), said);
    }

    [Fact]
    public async Task Start_WhenTheDirectoryIsReadOnly_SaysSo()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows has no mode bits.");
            return;
        }

        Assert.SkipWhen(Environment.UserName == "root", "Mode bits do not stop root.");
        var folder = Directory.CreateDirectory(_folder.File("read-only")).FullName;
        File.SetUnixFileMode(folder, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        var said = await RefusedAsync(Failed, WithDatabase(Path.Combine(folder, "engine.db")));

        Assert.Contains("cannot be written", said);
    }

    [Theory]
    [InlineData("'house' is not a port", "--port", "house")]
    [InlineData("Unrecognized command or argument '--colour'", "--colour", "red")]
    [InlineData("--log-level", "--log-level", "loud")]
    public async Task Start_WhenAnOptionCannotBeRead_PointsToTheHelp(string expected, params string[] arguments)
    {
        var said = await RefusedAsync(Usage, arguments);

        Assert.Contains(expected, said);
        Assert.Contains("Try 'aos engine start --help'.", said);
    }

    [Theory]
    [InlineData("Port is 70000: give 1 to 65535", "--port", "70000")]
    [InlineData("Ip is 'localhost': give an address like 127.0.0.1", "--ip", "localhost")]
    [InlineData("SearchAttributes gives Color the type 'Colour'", "--search-attribute", "Color=Colour")]
    [InlineData("SearchAttributes gives Color the type ''", "--search-attribute", "Color")]
    [InlineData("Namespaces has an empty name", "--namespace", "")]
    public async Task Start_WhenAnOptionIsWrong_NamesItsValue(string expected, params string[] arguments) =>
        Assert.Contains(expected, await RefusedAsync(Failed, ["--db", _folder.Database, .. arguments]));

    private static string[] WithDatabase(string path) => ["--db", path, "--port", "0", "--http-port", "0"];

    private static async Task<string> RefusedAsync(int exitCode, params string[] arguments)
    {
        await using var engine = EngineProcess.Start(arguments);
        Assert.True(await engine.EndAsync() == exitCode, $"not {exitCode}, with:\n{engine.Output}");
        Assert.DoesNotContain("   at ", engine.Output);   // no stack trace
        return engine.Output;
    }

    private async Task StartAndStopAsync()
    {
        await using var engine = await EngineProcess.StartReadyAsync("--db", _folder.Database);
        await engine.SendAsync("TERM");
        Assert.Equal(0, await engine.EndAsync());
    }
}
