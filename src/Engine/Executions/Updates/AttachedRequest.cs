using System.Collections.Immutable;
using Temporalio.Api.Common.V1;

namespace AugmentedOS.Engine.Executions.Updates;

/// <summary>Another request for an update that was known already, which wants to be called when the update is done.</summary>
internal sealed record AttachedRequest(string RequestId, ImmutableArray<Callback> Callbacks);
