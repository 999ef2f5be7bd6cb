namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>The file's layout, as the steps that lead to it.</summary>
internal static class Schema
{
    /// <summary>Marks the file as ours: "AOSe" in the header's application id.</summary>
    public const int ApplicationId = 0x414F5365;

    /// <summary>Step n brings a file of version n - 1 to version n. A step that was released never changes.</summary>
    public static IReadOnlyList<string> Steps { get; } = [Schema1.Sql, Schema2.Sql, Schema3.Sql];

    public static int CurrentVersion => Steps.Count;
}
