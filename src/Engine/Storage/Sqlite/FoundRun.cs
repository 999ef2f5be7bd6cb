namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>A run and its number in this file.</summary>
internal readonly record struct FoundRun(long Number, RunKey Key);
