using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>The event that names a request for an update.</summary>
/// <param name="EventId">0 while the event is buffered.</param>
internal readonly record struct UpdateRequestEvent(EventType Type, long EventId);
