namespace AugmentedOS.Engine;

/// <summary>The SDK that a worker says it is built with.</summary>
internal sealed record SdkClient(string Name, string Version);
