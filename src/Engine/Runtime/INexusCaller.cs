using AugmentedOS.Engine.Executions.Nexus;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Makes the requests that runs' states say are due, and hands their outcomes back.</summary>
internal interface INexusCaller
{
    /// <summary>Begins a request; it never blocks. One that is under way already is not made again.</summary>
    void Begin(NexusCall call);
}
