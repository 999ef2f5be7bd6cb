namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>An update that history knows of.</summary>
/// <param name="EventId">The event that brought it to this stage.</param>
internal readonly record struct KnownUpdate(UpdateStage Stage, long EventId);
