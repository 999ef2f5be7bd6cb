namespace AugmentedOS.Engine.Hosting;

/// <summary>Whether an engine's time can be skipped.</summary>
public enum TimeSkipping
{
    /// <summary>Time is the machine's.</summary>
    Off,

    /// <summary>Time can be skipped, and is locked until a client unlocks it: as the SDKs' time-skipping environments
    /// expect it.</summary>
    Locked,

    /// <summary>Time is skipped whenever the engine is idle, until a client locks it.</summary>
    Unlocked,
}
