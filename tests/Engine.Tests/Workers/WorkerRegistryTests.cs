using AugmentedOS.Engine.Workers;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.Extensions.Time.Testing;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Worker.V1;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Tests.Workers;

public sealed class WorkerRegistryTests
{
    private static readonly NamespaceId Namespace = new(new Guid(1, 0, 0, new byte[8]));
    private static readonly NamespaceId Other = new(new Guid(2, 0, 0, new byte[8]));
    private readonly FakeTimeProvider _time = new();
    private readonly WorkerRegistry _registry;

    public WorkerRegistryTests() => _registry = new WorkerRegistry(_time);

    [Fact]
    public void List_ShowsThisNamespacesWorkersInOrderOfKeys()
    {
        _registry.Record(Namespace, [Worker("b"), Worker("a")]);
        _registry.Record(Other, [Worker("c")]);

        Assert.Equal(["a", "b"], Keys(""));
    }

    [Fact]
    public void List_WhenAWorkerHasBeenSilentForFiveMinutes_LeavesItOut()
    {
        _registry.Record(Namespace, [Worker("a"), Worker("b")]);
        _time.Advance(TimeSpan.FromMinutes(5));
        _registry.Record(Namespace, [Worker("b")]);
        Assert.Equal(["a", "b"], Keys(""));

        _time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(["b"], Keys(""));
        Assert.Equal(StatusCode.NotFound, _registry.Describe(Namespace, "a").Rejection?.Code);
    }

    [Fact]
    public void Record_WhenTheWorkerSaysItHasShutDown_ForgetsIt()
    {
        _registry.Record(Namespace, [Worker("a")]);

        _registry.Record(Namespace, [Worker("a", set: worker => worker.Status = WorkerStatus.Shutdown)]);

        Assert.Equal("Worker a not found", _registry.Describe(Namespace, "a").Rejection?.Message);
    }

    [Fact]
    public void Describe_ShowsTheLastHeartbeat()
    {
        _registry.Record(Namespace, [Worker("a")]);
        _registry.Record(Namespace, [Worker("a", set: worker => worker.CurrentStickyCacheSize = 7)]);

        Assert.Equal(7, _registry.Describe(Namespace, "a").Reply?.WorkerInfo.WorkerHeartbeat.CurrentStickyCacheSize);
    }

    [Fact]
    public void List_WhenPaged_ShowsEachWorkerOnce()
    {
        _registry.Record(Namespace, Enumerable.Range(10, 5).Select(number => Worker($"w{number}")));
        var seen = new List<string>();
        var request = new ListWorkersRequest { PageSize = 2 };
        do
        {
            var page = _registry.List(Namespace, request).Reply!;
            Assert.InRange(page.Workers.Count, 1, 2);
            seen.AddRange(page.Workers.Select(worker => worker.WorkerInstanceKey));
            request.NextPageToken = page.NextPageToken;
        }
        while (!request.NextPageToken.IsEmpty);

        Assert.Equal(["w10", "w11", "w12", "w13", "w14"], seen);
    }

    [Fact]
    public void List_WhenTheTokenIsNotOurs_IsRefused()
    {
        var request = new ListWorkersRequest { NextPageToken = ByteString.CopyFromUtf8("{}") };

        var rejection = _registry.List(Namespace, request).Rejection;

        Assert.Equal((StatusCode.InvalidArgument, "invalid next_page_token"), (rejection!.Code, rejection.Message));
    }

    [Theory]
    [InlineData("WorkerInstanceKey = 'a'", "a")]
    [InlineData("WorkerInstanceKey != 'a'", "b,c")]
    [InlineData("TaskQueue STARTS_WITH 'orders'", "a,b")]
    [InlineData("TaskQueue = 'orders-1' OR HostName = 'host-c'", "a,c")]
    [InlineData("NOT TaskQueue = 'orders-1' AND Status = 'Running'", "b,c")]
    [InlineData("TaskQueue IN ('orders-2', 'mail')", "b,c")]
    [InlineData("TaskQueue NOT IN ('orders-2', 'mail')", "a")]
    [InlineData("StartTime > '2026-01-02T00:00:00Z'", "c")]
    [InlineData("StartTime BETWEEN '2026-01-01T00:00:00Z' AND '2026-01-02T00:00:00Z'", "a,b")]
    [InlineData("StartTime NOT BETWEEN '2026-01-01T00:00:00Z' AND '2026-01-02T00:00:00Z'", "c")]
    [InlineData("StartTime = 1767225600000000000", "a")]
    [InlineData("SdkName IS NULL AND TaskQueue IS NOT NULL AND WorkerStatus = 'Running'", "a,b,c")]
    [InlineData("HeartbeatTime IS NULL AND StartTime IS NOT NULL", "a,b,c")]
    public void List_WhenAQueryIsGiven_PicksByIt(string query, string expected)
    {
        _registry.Record(Namespace,
        [
            Worker("a", "orders-1", day: 1),
            Worker("b", "orders-2", day: 2),
            Worker("c", "mail", day: 3),
        ]);

        Assert.Equal(expected.Split(','), Keys(query));
        var counted = _registry.Count(Namespace, new CountWorkersRequest { Query = query });
        Assert.Equal(expected.Split(',').Length, counted.Reply?.Count);
    }

    [Theory]
    [InlineData("Nonsense = 'a'")]
    [InlineData("TaskQueue = 5")]
    [InlineData("TaskQueue < 'a'")]
    [InlineData("StartTime > 'yesterday'")]
    [InlineData("TaskQueue = 'a' GROUP BY TaskQueue")]
    [InlineData("TaskQueue = ")]
    public void List_WhenTheQueryMakesNoSense_IsRefused(string query) => Assert.Equal(
        StatusCode.InvalidArgument,
        _registry.List(Namespace, new ListWorkersRequest { Query = query }).Rejection?.Code);

    [Theory]
    [InlineData("Nonsense = 'a'", "unknown or unsupported worker heartbeat search field: Nonsense")]
    [InlineData("Nonsense IS NULL", "unknown or unsupported worker heartbeat search field: Nonsense")]
    [InlineData("HostName BETWEEN 'a' AND 'b'", "unknown or unsupported column name: HostName")]
    [InlineData("TaskQueue = 5", "invalid value for TaskQueue: value 5 is not a string value")]
    [InlineData("TaskQueue = ''", "TaskQueue cannot be empty")]
    [InlineData("TaskQueue < 'a'", "invalid expression: operation < is not supported for TaskQueue column")]
    [InlineData("StartTime LIKE '2026-01-01T00:00:00Z'", "invalid expression: operation like is not supported")]
    public void List_WhenTheQueryMakesNoSense_SaysWhatAsAServerDoes(string query, string text) => Assert.Equal(
        text, _registry.List(Namespace, new ListWorkersRequest { Query = query }).Rejection?.Message);

    [Fact]
    public void Record_WhenThereAreTooMany_ForgetsTheLongestSilent()
    {
        _registry.Record(Namespace, [Worker("first")]);
        _time.Advance(TimeSpan.FromSeconds(1));
        _registry.Record(Namespace, Enumerable.Range(0, WorkerRegistry.MaxWorkers).Select(number => Worker($"w{number}")));

        Assert.Equal(WorkerRegistry.MaxWorkers, Keys("").Count);
        Assert.NotNull(_registry.Describe(Namespace, "first").Rejection);
    }

    private List<string> Keys(string query)
    {
        var (reply, rejection) = _registry.List(Namespace, new ListWorkersRequest { Query = query });
        Assert.True(rejection is null, rejection?.Message);
        return [.. reply!.Workers.Select(worker => worker.WorkerInstanceKey)];
    }

    private static WorkerHeartbeat Worker(
        string key, string queue = "q", int day = 1, Action<WorkerHeartbeat>? set = null)
    {
        var worker = new WorkerHeartbeat
        {
            WorkerInstanceKey = key,
            TaskQueue = queue,
            Status = WorkerStatus.Running,
            HostInfo = new WorkerHostInfo { HostName = $"host-{key}" },
            StartTime = Instant.From(new DateTimeOffset(2026, 1, day, 0, 0, 0, TimeSpan.Zero)).ToTimestamp(),
        };
        set?.Invoke(worker);
        return worker;
    }
}
