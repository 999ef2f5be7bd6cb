using AugmentedOS.Engine.Runtime.Instruments;
using AugmentedOS.Engine.TaskQueues;

namespace AugmentedOS.Engine.Runtime;

/// <summary>Where the effects of durable transitions go.</summary>
internal sealed record Effects(
    ITaskMatcher Matcher,
    HistoryNotifier History,
    ICourier Courier,
    RunClosings Closings,
    INexusCaller Nexus,
    RunInstruments Instruments);
