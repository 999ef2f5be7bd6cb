using AugmentedOS.Engine.Executions.Inputs;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>The reply to an update that starts its workflow where need be.</summary>
/// <param name="Start">The run that serves it, new or found.</param>
/// <param name="Standing">How far the update has come.</param>
internal sealed record UpdatedWithStart(StartedExecution Start, UpdateStanding Standing) : IUpdateReply;
