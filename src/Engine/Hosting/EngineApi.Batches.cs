using AugmentedOS.Engine.Api.Batch;

namespace AugmentedOS.Engine.Hosting;

/// <content>Batch operations.</content>
internal sealed partial class EngineApi
{
    private void AddBatches()
    {
        var host = _core.Batches.Host;
        Workflows
            .Add(new StartBatchOperation(_gate, _core.Limits, host))
            .Add(new StopBatchOperation(_gate, _core.Limits, host))
            .Add(new DescribeBatchOperation(_gate, _core.Limits, host))
            .Add(new ListBatchOperations(_gate, _core.Limits, _core.Journal));
    }
}
