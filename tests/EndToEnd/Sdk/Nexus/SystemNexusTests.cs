using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Client;
using Temporalio.Converters;
using Temporalio.Worker;
using Temporalio.Workflows;

namespace AugmentedOS.EndToEnd.Sdk.Nexus;

/// <summary>What workflows ask of the engine itself, through the system's endpoint.</summary>
public sealed class SystemNexusTests(SdkEngine engine)
{
    [Fact]
    public Task Workflow_WhenItSignalsWithStart_StartsAnotherOnceAndSignalsItEachTime() =>
        WithWorkerAsync(engine.Client, async (client, queue) =>
        {
            var id = SdkEngine.NewName("told");
            var caller = await CallAsync(client, queue, id);

            Assert.Equal(id, await caller.GetResultAsync());
            var told = client.GetWorkflowHandle<WaitingWorkflow, string>(id);
            Assert.Equal(["one", "two"], await told.QueryAsync(waiting => waiting.Told()));
            await told.SignalAsync(waiting => waiting.FinishAsync("done"));
            Assert.Equal("done", await told.GetResultAsync());
            var completed = (await caller.FetchHistoryAsync()).Events
                .Where(e => e.EventType == EventType.NexusOperationCompleted).ToList();
            Assert.Equal(2, completed.Count);
            Assert.All(completed, e => Assert.Equal(
                (id, EventType.WorkflowExecutionSignaled),
                (e.Links[0].WorkflowEvent.WorkflowId, e.Links[0].WorkflowEvent.RequestIdRef.EventType)));
            var signaled = await NexusDesk.UntilAsync(told, EventType.WorkflowExecutionSignaled);
            Assert.Equal(caller.Id, Assert.Single(signaled.Links).WorkflowEvent.WorkflowId);
        });

    [Fact]
    public Task Workflow_WhenItsPayloadsAreEncoded_UnderstandsTheEnginesOwn()
    {
        var options = (TemporalClientOptions)engine.Client.Options.Clone();
        options.DataConverter = DataConverter.Default with { PayloadCodec = new Wrapping() };
        return WithWorkerAsync(new TemporalClient(engine.Client.Connection, options), async (client, queue) =>
        {
            var id = SdkEngine.NewName("told");

            Assert.Equal(id, await (await CallAsync(client, queue, id)).GetResultAsync());
            var told = client.GetWorkflowHandle<WaitingWorkflow, string>(id);
            Assert.Equal(["one", "two"], await told.QueryAsync(waiting => waiting.Told()));
            await told.TerminateAsync();
        });
    }

    private static Task<WorkflowHandle<TellingWorkflow, string>> CallAsync(
        TemporalClient client, string queue, string id) => client.StartWorkflowAsync(
        (TellingWorkflow telling) => telling.RunAsync(id, queue), new(SdkEngine.NewName("telling"), queue));

    private static async Task WithWorkerAsync(TemporalClient client, Func<TemporalClient, string, Task> body)
    {
        var queue = SdkEngine.NewName("queue");
        using var worker = new TemporalWorker(client, new TemporalWorkerOptions(queue)
            .AddWorkflow<TellingWorkflow>().AddWorkflow<WaitingWorkflow>());
        await worker.ExecuteAsync(() => body(client, queue).WaitAsync(SdkEngine.Patience));
    }

    /// <summary>Tells another workflow two things, and starts it when it does not run.</summary>
    [Workflow]
    public sealed class TellingWorkflow
    {
        [WorkflowRun]
        public async Task<string> RunAsync(string id, string queue)
        {
            await TellAsync("one");
            return await TellAsync("two");

            async Task<string> TellAsync(string what)
            {
                var handle = await Workflow.SignalWithStartWorkflowAsync(
                    (WaitingWorkflow waiting) => waiting.RunAsync(),
                    waiting => waiting.TellAsync(what),
                    new(id, queue) { IdConflictPolicy = WorkflowIdConflictPolicy.UseExisting });
                return handle.Id;
            }
        }
    }

    /// <summary>Wraps all payloads.</summary>
    private sealed class Wrapping : IPayloadCodec
    {
        public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) => Task.FromResult(
            Each(payloads, inner => new()
            {
                Metadata = { ["encoding"] = ByteString.CopyFromUtf8("wrapped") },
                Data = inner.ToByteString(),
            }));

        public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) => Task.FromResult(
            Each(payloads, outer => Payload.Parser.ParseFrom(outer.Data)));

        private static IReadOnlyCollection<Payload> Each(
            IReadOnlyCollection<Payload> payloads, Func<Payload, Payload> change) => [.. payloads.Select(change)];
    }
}
