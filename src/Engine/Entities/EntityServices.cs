using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Namespaces;
using AugmentedOS.Engine.Runtime;
using AugmentedOS.Engine.Storage;
using Microsoft.Extensions.Logging;

namespace AugmentedOS.Engine.Entities;

/// <summary>What all hosts share.</summary>
internal sealed record EntityServices(
    IJournal Journal,
    CommitQueue Commits,
    INamespaceDirectory Namespaces,
    EngineLimits Limits,
    IIdSource Ids,
    TimeProvider Time,
    IWorkScheduler Scheduler,
    EngineHealth Health,
    ILogger Logger)
{
    /// <summary>How many inputs may wait for a host before callers are refused.</summary>
    public int MaxWaitingInputs { get; init; } = 20_000;
}
