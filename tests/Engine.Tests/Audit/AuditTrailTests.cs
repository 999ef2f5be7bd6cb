using System.Text.Json.Nodes;
using AugmentedOS.Engine.Audit;
using AugmentedOS.Engine.Hosting.Metrics;
using AugmentedOS.Engine.Runtime;
using Grpc.Core;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace AugmentedOS.Engine.Tests.Audit;

public sealed class AuditTrailTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("audit-").FullName;
    private readonly FakeTimeProvider _time = new();
    private readonly EngineHealth _health = new();
    private readonly EngineMeters _meters = new();
    private readonly HeldWork _work = new();

    private string Path => System.IO.Path.Combine(_folder, "audit.jsonl");

    [Fact]
    public void Records_WhenWritten_AreLinesOfJson()
    {
        using var file = new AuditFile(Path, 1 << 20, 2);
        file.Write([Record("one") with { Run = "", Principal = "jwt:ada" }, Record("two")]);

        var lines = File.ReadAllLines(Path);

        Assert.Equal(2, lines.Length);
        Assert.Equal(
            """{"time":"2026-01-02T03:04:05+00:00","method":"SignalWorkflowExecution","outcome":"NotFound","principal":"jwt:ada","identity":"me","peer":"127.0.0.1:1","client":"temporal-dotnet","namespace":"orders","target":"one","requestId":"r","tookMs":1.5}""",
            lines[0]);
    }

    [Fact]
    public void File_WhenFull_IsSetAsideAndTheOldestGoes()
    {
        using var file = new AuditFile(Path, 1000, 2);
        for (var n = 0; n < 40; n++)
        {
            file.Write([Record($"target-{n}")]);
        }

        Assert.Equal(["audit.jsonl", "audit.jsonl.1", "audit.jsonl.2"], Files());
        Assert.All(Directory.GetFiles(_folder), path => Assert.InRange(new FileInfo(path).Length, 1, 1000));
        var kept = new[] { ".2", ".1", "" }.SelectMany(suffix => File.ReadAllLines(Path + suffix)).Select(TargetOf).ToList();
        Assert.Equal("target-39", kept[^1]);
        Assert.Equal(Enumerable.Range(40 - kept.Count, kept.Count).Select(n => $"target-{n}"), kept);
    }

    [Fact]
    public void Trail_WhenASinkFails_TellsHealthAndWritesLaterEachOnce()
    {
        var (first, second) = (new Sink(), new Sink { IsFull = true });
        using var trail = Trail(first, second);
        trail.Add(Record("a"));
        _work.Run();
        Assert.Equal("audit records cannot be written: No space left on device", _health.Problem);
        trail.Add(Record("b"));

        second.IsFull = false;
        _time.Advance(TimeSpan.FromSeconds(1));
        _work.Run();

        Assert.Null(_health.Problem);
        Assert.Equal(["a", "b"], first.Targets);
        Assert.Equal(["a", "b"], second.Targets);
    }

    [Fact]
    public void Trail_WhenItIsFull_DropsWhatComesAndCountsIt()
    {
        var sink = new Sink();
        using var trail = Trail(sink);
        using var text = new PrometheusText(_meters);

        for (var n = 0; n < 100_003; n++)
        {
            trail.Add(Record("x"));
        }

        _work.Run();
        Assert.Equal(100_000, sink.Targets.Count);
        Assert.Contains("audit_records_dropped 3", text.Export(), StringComparison.Ordinal);
    }

    [Fact]
    public void Trail_WhenNothingIsToBeWritten_SchedulesNothing()
    {
        using var trail = Trail(new Sink());
        trail.Add(Record("a"));
        trail.Add(Record("b"));
        Assert.Equal(1, _work.Count);

        _work.Run();
        trail.Add(Record("c"));

        Assert.Equal(1, _work.Count);
    }

    public void Dispose()
    {
        _meters.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private static AuditRecord Record(string target) => new(
        new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), "", "me", "127.0.0.1:1", "temporal-dotnet",
        "SignalWorkflowExecution", "orders", target, "run", "r", StatusCode.NotFound, TimeSpan.FromMilliseconds(1.5));

    private static string TargetOf(string line) => (string)JsonNode.Parse(line)!["target"]!;

    private AuditTrail Trail(params IAuditSink[] sinks) =>
        new(sinks, _work, _health, _time, _meters, NullLogger.Instance);

    private IEnumerable<string> Files() =>
        Directory.GetFiles(_folder).Select(path => System.IO.Path.GetFileName(path)!).Order(StringComparer.Ordinal);

    private sealed class Sink : IAuditSink
    {
        public bool IsFull { get; set; }

        public List<string> Targets { get; } = [];

        public void Write(IReadOnlyList<AuditRecord> records)
        {
            if (IsFull)
            {
                throw new IOException("No space left on device");
            }

            Targets.AddRange(records.Select(record => record.Target));
        }
    }

    private sealed class HeldWork : IWorkScheduler
    {
        private readonly Queue<IThreadPoolWorkItem> _work = new();

        public int Count => _work.Count;

        public void Schedule(IThreadPoolWorkItem work) => _work.Enqueue(work);

        public void Run()
        {
            while (_work.TryDequeue(out var next))
            {
                next.Execute();
            }
        }
    }
}
