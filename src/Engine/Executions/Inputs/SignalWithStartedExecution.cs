using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply to a signal that starts its workflow where need be.</summary>
/// <param name="RunId">The run that got the signal.</param>
/// <param name="Started">Whether this request (or an earlier try of it) started that run.</param>
/// <param name="FirstRunId">The first run of its chain.</param>
/// <param name="SignalLink">Points at the SIGNALED event.</param>
internal sealed record SignalWithStartedExecution(RunId RunId, bool Started, string FirstRunId, Link SignalLink);
