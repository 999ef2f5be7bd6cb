using AugmentedOS.Workflows.Debouncing;
using AugmentedOS.Workflows.Digests;
using Temporalio.Activities;

namespace AugmentedOS.Samples.Digests;

/// <summary>What happens to a customer's parcels is sent in one mail, on Monday and Thursday mornings.</summary>
internal static class DigestSample
{
    public static Task RunAsync(TextWriter output, CancellationToken cancellationToken) => SampleEngine.RunAsync(
        worker => worker.AddDigests().AddAllActivities(new Post(output)),
        async engine =>
        {
            var mornings = new DigestSchedule(
                new TimeOnly(7, 30), "Europe/Vienna", [DayOfWeek.Monday, DayOfWeek.Thursday]);
            var mail = new ActionTarget(
                nameof(Post.SendDigest), SampleEngine.TaskQueue, StartToClose: TimeSpan.FromMinutes(1));

            foreach (var text in (string[])["packed", "sent", "at the customs", "delivered", "signed for"])
            {
                await engine.Client.DigestAsync(
                    "customer/7", new Note($"Your parcel is {text}."), mornings, mail, maxItems: 4);
            }

            await engine.Client.GetWorkflowHandle("aos.digest/customer/7").GetResultAsync();
        },
        cancellationToken);
}

internal sealed record Note(string Text);

internal sealed class Post(TextWriter output)
{
    [Activity]
    public async Task SendDigest(Digest<Note> digest)
    {
        var there = TimeZoneInfo.ConvertTimeBySystemTimeZoneId(digest.To, "Europe/Vienna");
        await output.WriteLineAsync($"At {there:HH:mm}: {digest.Items.Count} notes, and {digest.Omitted} more.");
        foreach (var note in digest.Items)
        {
            await output.WriteLineAsync($"  {note.Text}");
        }
    }
}
