namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>An update that ended without an event: rejected, or aborted.</summary>
internal sealed record EndedUpdate(string Id, UpdateProgress Progress);
