namespace AugmentedOS.Engine.Schedules.Spec;

/// <summary>One field of a calendar: its name in error texts, what it may hold, and what it means when it is empty.
/// </summary>
/// <param name="Names">Names that may stand for values, the first for <see cref="FirstNamed"/>; none for most.</param>
/// <param name="ShortestName">How many letters of a name are enough.</param>
internal sealed record CalendarField(
    string Name, string Default, int Min, int Max, string[] Names, int FirstNamed = 0, int ShortestName = 0)
{
    public const int FirstYear = 2000;
    public const int LastYear = 2100;

    private const int Sunday = 0;

    public static CalendarField Second { get; } = new("Second", "0", 0, 59, []);

    public static CalendarField Minute { get; } = new("Minute", "0", 0, 59, []);

    public static CalendarField Hour { get; } = new("Hour", "0", 0, 23, []);

    public static CalendarField DayOfMonth { get; } = new("DayOfMonth", "*", 1, 31, []);

    public static CalendarField Month { get; } = new(
        "Month",
        "*",
        1,
        12,
        [
            "january", "february", "march", "april", "may", "june", "july", "august", "september", "october",
            "november", "december",
        ],
        FirstNamed: 1,
        ShortestName: 3);

    /// <summary>As text it goes to 7, which is Sunday too.</summary>
    public static CalendarField DayOfWeek { get; } = new(
        "DayOfWeek",
        "*",
        Sunday,
        7,
        ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"],
        FirstNamed: Sunday,
        ShortestName: 2);

    /// <summary>All years are no range at all.</summary>
    public static CalendarField Year { get; } = new("Year", "*", FirstYear, LastYear, []);
}
