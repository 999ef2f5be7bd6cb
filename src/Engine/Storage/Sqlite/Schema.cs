namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>The file's layout, and the steps that bring an older file to it.</summary>
internal static class Schema
{
    /// <summary>Marks the file as ours: "AOSe" in the header's application id.</summary>
    public const int ApplicationId = 0x414F5365;

    /// <summary>Step n brings a file of version n - 1 to version n. A step that was released never changes.</summary>
    private static readonly IReadOnlyList<string> Steps = [Schema1.Sql];

    public static int CurrentVersion => Steps.Count;

    /// <summary>The steps that a file of this version still needs, each with the version that it leads to.</summary>
    public static IEnumerable<(int Version, string Sql)> StepsAfter(int version) =>
        Steps.Select((sql, index) => (Version: index + 1, sql)).Where(step => step.Version > version);
}
