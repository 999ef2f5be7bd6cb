namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>Brings a file to the layout of this engine.</summary>
internal static class Migrations
{
    /// <summary>Takes the steps that the file has not taken yet, each in a transaction of its own with the version that
    /// it leads to: an interrupted migration goes on where it stopped.</summary>
    /// <param name="steps">Step n, counted from 1, leads to version n.</param>
    public static void Apply(Database database, IReadOnlyList<string> steps)
    {
        for (var version = (int)database.Number("PRAGMA user_version") + 1; version <= steps.Count; version++)
        {
            database.Execute(
                $"""
                BEGIN IMMEDIATE;
                {steps[version - 1]}
                PRAGMA application_id = {Schema.ApplicationId};
                PRAGMA user_version = {version};
                COMMIT;
                """);
        }
    }
}
