namespace AugmentedOS.Workflows.Sagas;

/// <summary>A compensation that failed for good.</summary>
/// <param name="Name">The name that it was registered by.</param>
/// <param name="Message">What went wrong, with the messages of all causes.</param>
public sealed record CompensationFailure(string Name, string Message);
