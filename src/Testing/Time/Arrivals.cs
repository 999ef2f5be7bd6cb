using System.Collections.Concurrent;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace AugmentedOS.Testing.Time;

/// <summary>Sees in the worker that what a test waits for is there, and stops time before the engine hears of
/// it.</summary>
/// <remarks>Without it, time would run from the end of one workflow to the next timer of another before the test had
/// its result: a month may pass in a millisecond.</remarks>
internal sealed class Arrivals(EngineTime time) : IWorkerInterceptor
{
    private readonly ConcurrentDictionary<string, WorkflowDeeds> _deeds = new(StringComparer.Ordinal);

    /// <summary>Takes its place in a worker.</summary>
    public void JoinWorker(TemporalWorkerOptions options)
    {
        options.Interceptors = [.. options.Interceptors ?? [], this];
        options.WorkflowTaskCompleted += (_, task) =>
        {
            var (workflowId, runId) = (task.WorkflowInfo.WorkflowId, task.WorkflowInfo.RunId);
            var deeds = _deeds.TryRemove(runId, out var done) ? done : new WorkflowDeeds();
            if (task.TaskFailureException is null)
            {
                // The answer goes to the engine when this returns.
                Task.Run(() => time.ReportAsync(workflowId, runId, deeds)).GetAwaiter().GetResult();
            }
        };
    }

    public WorkflowInboundInterceptor InterceptWorkflow(WorkflowInboundInterceptor nextInterceptor) =>
        new Inbound(nextInterceptor, this);

    private WorkflowDeeds DeedsOfThis() => _deeds.GetOrAdd(Workflow.Info.RunId, _ => new WorkflowDeeds());

    private sealed class Inbound(WorkflowInboundInterceptor next, Arrivals arrivals) : WorkflowInboundInterceptor(next)
    {
        public override async Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input)
        {
            try
            {
                return await base.ExecuteWorkflowAsync(input).ConfigureAwait(true);
            }
            finally
            {
                arrivals.DeedsOfThis().HasEnded = true;
            }
        }

        public override void ValidateUpdate(HandleUpdateInput input)
        {
            try
            {
                base.ValidateUpdate(input);
            }
            catch
            {
                arrivals.DeedsOfThis().Updates.Add(input.Id);   // its answer is no
                throw;
            }
        }

        public override async Task<object?> HandleUpdateAsync(HandleUpdateInput input)
        {
            try
            {
                return await base.HandleUpdateAsync(input).ConfigureAwait(true);
            }
            finally
            {
                arrivals.DeedsOfThis().Updates.Add(input.Id);
            }
        }
    }
}
