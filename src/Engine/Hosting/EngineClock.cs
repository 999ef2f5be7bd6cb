using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Hosting;

/// <summary>The one place where the real clock comes in.</summary>
internal static class EngineClock
{
    [SuppressMessage("ApiDesign", "RS0030", Justification = "A host that brings no clock of its own gets the real one.")]
    public static TimeProvider System => TimeProvider.System;
}
