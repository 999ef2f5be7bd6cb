using System.Diagnostics;
using AugmentedOS.Bench.Measuring;
using AugmentedOS.Bench.Processes;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Failure.V1;
using Temporalio.Api.Protocol.V1;
using Temporalio.Api.Update.V1;
using Temporalio.Api.WorkflowService.V1;
using Temporalio.Client;

namespace AugmentedOS.Bench.Scenarios;

/// <summary>Callers that each update an idle workflow of their own, again and again, and wait for the result: first all is
/// accepted and completed with one workflow task, then all is rejected, which writes nothing.</summary>
internal static class Updates
{
    private const int Callers = 64;
    private const int Pollers = 16;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan Measured = TimeSpan.FromSeconds(15);

    public static async Task<Report> RunAsync()
    {
        using var file = new EngineFile();
        using var engine = EngineProcess.Start(file.Path);
        var client = await TemporalClient.ConnectAsync(new TemporalClientConnectOptions(engine.Address));
        var load = new Load(client);
        await load.OpenAsync(Callers);

        await load.RunAsync(WarmUp, rejects: false);
        var accepted = await load.RunAsync(Measured, rejects: false);
        await load.RunAsync(WarmUp, rejects: true);
        var rejected = await load.RunAsync(Measured, rejects: true);
        return new Report("updates")
            .Add("callers", Callers)
            .Add("completed_per_second", accepted.Count / Measured.TotalSeconds)
            .Add("completed_p50_ms", accepted.Percentile(0.5))
            .Add("completed_p99_ms", accepted.Percentile(0.99))
            .Add("rejected_per_second", rejected.Count / Measured.TotalSeconds)
            .Add("rejected_p50_ms", rejected.Percentile(0.5))
            .Add("rejected_p99_ms", rejected.Percentile(0.99))
            .Add("engine_rss_mb", engine.Process.ResidentMegabytes);
    }

    private sealed class Load(ITemporalClient client)
    {
        private readonly RawWorker _worker = new(client, "updates");
        private volatile bool _rejects;

        private WorkflowService Service => client.Connection.WorkflowService;

        /// <summary>Starts the workflows and completes their first tasks: from then on they are idle.</summary>
        public async Task OpenAsync(int count)
        {
            for (var number = 0; number < count; number++)
            {
                await _worker.StartAsync($"updates-{number}");
                var task = await _worker.PollAsync();
                await _worker.CompleteAsync(task!.TaskToken);
            }
        }

        public async Task<Samples> RunAsync(TimeSpan lasts, bool rejects)
        {
            _rejects = rejects;
            var samples = new Samples();
            using var over = new CancellationTokenSource(lasts);
            using var done = new CancellationTokenSource();
            var pollers = Enumerable.Range(0, Pollers).Select(_ => PollAsync(done.Token)).ToList();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(number => CallAsync(number, samples, over.Token)));
            await done.CancelAsync();
            await Task.WhenAll(pollers);
            return samples;
        }

        private async Task CallAsync(int number, Samples samples, CancellationToken over)
        {
            while (!over.IsCancellationRequested)
            {
                var began = Stopwatch.GetTimestamp();
                await Service.UpdateWorkflowExecutionAsync(new UpdateWorkflowExecutionRequest
                {
                    Namespace = client.Options.Namespace,
                    WorkflowExecution = new() { WorkflowId = $"updates-{number}" },
                    Request = new Request { Meta = new Meta(), Input = new Input { Name = "bench" } },
                    WaitPolicy = new WaitPolicy { LifecycleStage = UpdateWorkflowExecutionLifecycleStage.Completed },
                });
                samples.Add(Stopwatch.GetElapsedTime(began));
            }
        }

        private async Task PollAsync(CancellationToken done)
        {
            while (!done.IsCancellationRequested)
            {
                try
                {
                    if (await _worker.PollAsync(done) is { } task)
                    {
                        await AnswerAsync(task);
                    }
                }
                catch (Exception ended) when (done.IsCancellationRequested
                    && ended is OperationCanceledException or Temporalio.Exceptions.RpcException)
                {
                    return;
                }
            }
        }

        private async Task AnswerAsync(PollWorkflowTaskQueueResponse task)
        {
            var answer = new RespondWorkflowTaskCompletedRequest
            {
                Namespace = client.Options.Namespace,
                TaskToken = task.TaskToken,
                Identity = "bench",
            };
            answer.Messages.AddRange(task.Messages.SelectMany(
                request => _rejects ? Reject(request) : AcceptAndComplete(request)));
            await Service.RespondWorkflowTaskCompletedAsync(answer);
        }

        private static IEnumerable<Message> AcceptAndComplete(Message request) =>
        [
            Of(request, "accept", new Acceptance
            {
                AcceptedRequestMessageId = request.Id,
                AcceptedRequestSequencingEventId = request.EventId,
            }),
            Of(request, "complete", new Response
            {
                Meta = new Meta { UpdateId = request.ProtocolInstanceId },
                Outcome = new Outcome { Success = new() },
            }),
        ];

        private static IEnumerable<Message> Reject(Message request) =>
        [
            Of(request, "reject", new Rejection
            {
                RejectedRequestMessageId = request.Id,
                Failure = new Failure { Message = "no" },
            }),
        ];

        private static Message Of(Message request, string what, IMessage body) => new()
        {
            Id = $"{request.ProtocolInstanceId}/{what}",
            ProtocolInstanceId = request.ProtocolInstanceId,
            Body = Any.Pack(body),
        };
    }
}
