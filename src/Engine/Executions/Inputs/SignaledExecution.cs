using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>The reply to a signal.</summary>
/// <param name="Link">Points at the SIGNALED event, by the request when it has an id.</param>
internal sealed record SignaledExecution(Link Link);
