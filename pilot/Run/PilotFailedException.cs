namespace AugmentedOS.Pilot.Run;

/// <summary>The pilot cannot go on; the message tells its user why, and what to do.</summary>
internal sealed class PilotFailedException(string message, Exception? cause = null) : Exception(message, cause);
