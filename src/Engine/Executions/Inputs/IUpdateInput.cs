using AugmentedOS.Engine.Updates;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Executions.Inputs;

/// <summary>An input whose caller wants to know what becomes of an update.</summary>
internal interface IUpdateInput
{
    /// <summary>Who is told. The reply says how far the update is by now; where that is not the end, the shard keeps the
    /// waiter beside the run.</summary>
    UpdateWaiter Waiter { get; }

    /// <summary>The update that is asked for; null when it is only asked after.</summary>
    Request? Asked { get; }
}
