namespace AugmentedOS.Workflows.ParkingLot;

/// <summary>Durations as people say them, in the two largest units.</summary>
internal static class Durations
{
    public static string Text(TimeSpan time) => time switch
    {
        { TotalSeconds: < 1 } => $"{Math.Max(0, (int)time.TotalMilliseconds)} ms",
        { TotalMinutes: < 1 } => $"{time.Seconds} s",
        { TotalHours: < 1 } => $"{time.Minutes} min {time.Seconds} s",
        { TotalDays: < 1 } => $"{time.Hours} h {time.Minutes} min",
        _ => $"{(int)time.TotalDays} d {time.Hours} h",
    };
}
