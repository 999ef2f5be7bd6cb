namespace AugmentedOS.Workflows.Replay;

/// <summary>Something that workflow code asked for while it was replayed.</summary>
/// <param name="Name">Of what type, for how long, to whom.</param>
internal sealed record IssuedCommand(CommandKind Kind, string Name, SourcePlace? Place);
