namespace AugmentedOS.Workflows.Hosting;

/// <summary>A worker that this process runs.</summary>
/// <param name="Version">Its deployment version, canonical; null without versioning.</param>
/// <param name="OptionsName">Under which its options are kept.</param>
internal sealed record DeclaredWorker(string TaskQueue, string? Version, string OptionsName);
