using System.Collections.Concurrent;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Hosting;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Fuzz;

/// <summary>An engine on a file, its time in the hands of the fuzzer, and every RPC that it has.</summary>
internal sealed class FuzzedEngine : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);

    /// <summary>Of one half of all calls, which takes some ten seconds.</summary>
    private static readonly TimeSpan PatienceWithAll = TimeSpan.FromMinutes(6);

    private static readonly string[] Spared = ["DeleteNamespace", "DeprecateNamespace", "UpdateNamespace"];

    /// <summary>Sent more often: what gives the other calls something to meet.</summary>
    private static readonly string[] Moving =
    [
        "StartWorkflowExecution", "PollWorkflowTaskQueue", "RespondWorkflowTaskCompleted", "PollActivityTaskQueue",
        "PollNexusTaskQueue",
    ];

    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly EngineCore _core;
    private readonly IReadOnlyList<(string Service, IBoundRpc Rpc, MessageDescriptor Request)> _rpcs;
    private readonly IReadOnlyList<(string Service, IBoundRpc Rpc, MessageDescriptor Request)> _moving;
    private readonly Pool _pool = new();
    private readonly ConcurrentDictionary<int, string> _unanswered = new();
    private readonly ConcurrentDictionary<string, long> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _findings = new();

    public FuzzedEngine(string path)
    {
        var options = new WorkflowEngineOptions { DatabasePath = path, Port = null };
        options.Namespaces.Add("fuzz");
        options.Namespaces.Add("other");
        _core = new EngineCore(options, _time, Log);
        _rpcs = [.. Of(_core.Api.Workflows), .. Of(_core.Api.Operators)];
        _moving = [.. _rpcs.Where(bound => Moving.Contains(bound.Rpc.Name))];
    }

    public ErrorLog Log { get; } = new();

    /// <summary>What no call may bring the engine to, with the call that did.</summary>
    public IReadOnlyCollection<string> Findings => _findings;

    /// <summary>How often each RPC was answered with each status.</summary>
    public IReadOnlyDictionary<string, long> Answers => _answers;

    public int RpcCount => _rpcs.Count;

    /// <summary>Why the engine would not take more; null when it would.</summary>
    public string? Problem => _core.Readiness.Problem;

    public Task StartAsync() => _core.StartAsync();

    /// <summary>Sends calls <paramref name="from"/> to <paramref name="until"/> of a seed, many at a time.</summary>
    /// <exception cref="TimeoutException">A call does not even come to its first wait: its thread is lost to the engine.
    /// </exception>
    public async Task SendAsync(int seed, int from, int until)
    {
        var all = Parallel.ForEachAsync(
            Enumerable.Range(from, until - from),
            new ParallelOptions { MaxDegreeOfParallelism = 48 },
            async (call, _) =>
            {
                if (call % 500 == 0)
                {
                    _time.Advance(TimeSpan.FromMilliseconds(700));
                }

                await SendAsync(seed, call);
                _unanswered.TryRemove(call, out var _);
            });
        try
        {
            await all.WaitAsync(PatienceWithAll);
        }
        catch (TimeoutException)
        {
            throw new TimeoutException($"AOS_FUZZ_SEED={seed}: no answer to\n{string.Join('\n', _unanswered.Values)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        _core.Drain();
        await _core.StopAsync();
        _core.Dispose();
    }

    private async Task SendAsync(int seed, int call)
    {
        var random = new Random(unchecked((seed * 486187739) + call));
        var rpcs = random.Next(3) == 0 ? _moving : _rpcs;
        var (service, rpc, type) = rpcs[call % rpcs.Count];
        var request = new RandomMessage(random, _pool).Of(type);
        if (random.Next(10) == 0 && !TryDamage(request, random, out request))
        {
            return;   // refused as it came off the wire
        }

        Spare(rpc.Name, request);
        _unanswered[call] = $"{rpc.Name} {request}";
        var code = await CodeAsync($"/{service}/{rpc.Name}", rpc, request);
        _answers.AddOrUpdate($"{rpc.Name} {code}", 1, static (_, count) => count + 1);
        if (code is StatusCode.Internal or StatusCode.Unknown or StatusCode.Unavailable or StatusCode.DataLoss)
        {
            Find($"call {call} of seed {seed}: {rpc.Name} answered {code} to {request}");
        }
    }

    private async Task<StatusCode> CodeAsync(string method, IBoundRpc rpc, IMessage request)
    {
        using var patience = new CancellationTokenSource();
        var context = new FuzzCall(method, _time.GetUtcNow().UtcDateTime.AddSeconds(30), patience.Token);
        try
        {
            var answering = rpc.AnswerAsync(request, context);
            if (await Task.WhenAny(answering, Task.Delay(25)) != answering)
            {
                await patience.CancelAsync();   // a long poll: its caller goes away
            }

            _pool.Harvest(await answering.WaitAsync(Patience));
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
        catch (TimeoutException)
        {
            Find($"{method} never ended after its caller had gone: {request}");
            return StatusCode.OK;
        }
        catch (Exception broken)
        {
            Find($"{method} threw {broken} on {request}");
            return StatusCode.Unknown;
        }
    }

    private static bool TryDamage(IMessage request, Random random, out IMessage damaged)
    {
        damaged = request;
        try
        {
            damaged = MessageBytes.Parse(request.Descriptor.Parser, new(Mutation.Of(request.ToByteArray(), random)));
            return true;
        }
        catch (RpcException)
        {
            return false;
        }
    }

    /// <summary>The namespaces that the other calls live in stay as they are.</summary>
    private static void Spare(string rpc, IMessage request)
    {
        var name = request.Descriptor.FindFieldByName("namespace");
        if (Spared.Contains(rpc) && name is not null)
        {
            name.Accessor.SetValue(request, "spare");
        }
    }

    private void Find(string finding)
    {
        if (_findings.Count < 20)
        {
            _findings.Enqueue(finding.Length > 4000 ? finding[..4000] : finding);
        }
    }

    private static IEnumerable<(string, IBoundRpc, MessageDescriptor)> Of(RpcService service) =>
        from rpc in service.Rpcs
        where rpc.RequestType is not null
        let message = (IMessage)Activator.CreateInstance(rpc.RequestType!)!
        select (service.FullName, rpc, message.Descriptor);
}
