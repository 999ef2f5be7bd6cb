using AugmentedOS.Pilot.Desk;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace AugmentedOS.Pilot.Progress;

internal enum ProgressStyle
{
    /// <summary>A table that moves, for a terminal.</summary>
    Live,

    /// <summary>A line whenever something has moved, for output that goes elsewhere.</summary>
    Lines,

    /// <summary>Nothing, for a terminal in which somebody answers questions.</summary>
    Quiet,
}

/// <summary>Shows where the work stands.</summary>
internal sealed class ProgressView(IAnsiConsole console, ProgressStyle style, TimeProvider time)
{
    private static readonly TimeSpan LiveEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LineEvery = TimeSpan.FromSeconds(1);

    /// <summary>Shows it until the work ends; then once more, so that the last picture is the final one.</summary>
    public Task ShowAsync(Func<Standing> standing, Task work) => style switch
    {
        ProgressStyle.Live => ShowLiveAsync(standing, work),
        ProgressStyle.Lines => ShowLinesAsync(standing, work),
        _ => Task.WhenAny(work),
    };

    private Task ShowLiveAsync(Func<Standing> standing, Task work) =>
        console.Live(Picture(standing())).StartAsync(async display =>
        {
            do
            {
                await Task.WhenAny(work, Task.Delay(LiveEvery, time));
                display.UpdateTarget(Picture(standing()));
            }
            while (!work.IsCompleted);
        });

    private async Task ShowLinesAsync(Func<Standing> standing, Task work)
    {
        string? last = null;
        do
        {
            await Task.WhenAny(work, Task.Delay(LineEvery, time));
            var now = standing();
            if (now.Line != last)
            {
                console.WriteLine($"{now.Line} · {now.PerSecond:F0} receipts/s");
                last = now.Line;
            }
        }
        while (!work.IsCompleted);
    }

    private static Table Picture(Standing standing)
    {
        var counts = standing.Counts;
        var table = new Table().Border(TableBorder.Rounded);
        List<(string Title, string Colour, string Value)> columns =
        [
            ("received", "white", $"{standing.Received}"),
            ("extracted", "white", $"{counts.Files}"),
            ("waiting for approval", "yellow", $"{counts.At(ClaimStage.Waiting)}"),
            ("posted", "green", $"{counts.At(ClaimStage.Posted)}"),
            ("rejected", "red", $"{Standing.Rejected(counts)}"),
            ("failed", "magenta", $"{counts.At(ClaimStage.Failed)}"),
            ("per second", "white", $"{standing.PerSecond:F0}"),
            ("remaining", "white", $"{standing.Remaining}"),
        ];
        table.AddColumns([.. columns.Select(column => new TableColumn(column.Title).RightAligned())]);
        table.AddRow(columns.Select(column => (IRenderable)new Markup($"[{column.Colour}]{column.Value}[/]")));
        return table;
    }
}
