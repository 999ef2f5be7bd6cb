using System.Threading.RateLimiting;
using AugmentedOS.Workflows.Errors;
using AugmentedOS.Workflows.Resilience;
using Polly.CircuitBreaker;
using Temporalio.Activities;

namespace AugmentedOS.Workflows.Tests.Resilience;

/// <summary>One dependency's circuit and limits, without an engine.</summary>
public sealed class DependencyPipelineTests : IDisposable
{
    private readonly TestClock _clock = new();
    private readonly DependencyInstruments _instruments = new(() => []);
    private readonly List<DependencyPipeline> _made = [];

    public static TheoryData<ErrorKind> Kinds => [.. Enum.GetValues<ErrorKind>()];

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Circuit_WhenCallsFail_OpensForWhatSaysThatTheDependencyIsUnwell(ErrorKind kind)
    {
        var pipeline = Make();

        await FailAsync(pipeline, 20, () => Fail.Of(kind, "failed"));

        Assert.Equal(
            kind is ErrorKind.Transient or ErrorKind.DependencyDown ? CircuitHealth.Open : CircuitHealth.Closed,
            pipeline.Health);
    }

    [Fact]
    public async Task Circuit_WhenCallsAreStoppedOrHandedOver_StaysClosed()
    {
        var pipeline = Make();

        await FailAsync(pipeline, 20, () => new OperationCanceledException());
        await FailAsync(pipeline, 20, () => new CompleteAsyncException());

        Assert.Equal(CircuitHealth.Closed, pipeline.Health);
    }

    [Fact]
    public async Task Circuit_WhenItIsOpen_SaysHowLongStill()
    {
        var pipeline = Make();
        await FailAsync(pipeline, 10, () => new TimeoutException());
        _clock.Pass(TimeSpan.FromSeconds(12));

        var refused = await Assert.ThrowsAsync<WorkflowErrorException>(() => pipeline.RunAsync(Succeed, default));

        Assert.Equal((ErrorKind.DependencyDown, TimeSpan.FromSeconds(18)), (refused.Kind, refused.NextRetryDelay));
    }

    [Fact]
    public async Task Circuit_WhenItsBreakIsOver_LetsOneTryAndRefusesOthersMeanwhile()
    {
        var pipeline = Make();
        await FailAsync(pipeline, 10, () => new TimeoutException());
        _clock.Pass(TimeSpan.FromSeconds(30));
        var answer = new TaskCompletionSource<object?>();

        var probe = pipeline.RunAsync(() => answer.Task, default);
        Assert.Equal(CircuitHealth.HalfOpen, pipeline.Health);
        var refused = await Assert.ThrowsAsync<WorkflowErrorException>(() => pipeline.RunAsync(Succeed, default));
        Assert.Equal("circuit-open", refused.Code);
        answer.SetResult("well");

        Assert.Equal("well", await probe);
        Assert.Equal((CircuitHealth.Closed, "ok"), (pipeline.Health, await pipeline.RunAsync(Succeed, default)));
    }

    [Fact]
    public async Task Refused_WhenTheyAreMany_ComeBackSpreadOut()
    {
        var pipeline = Make(options => options.Spread = TimeSpan.FromSeconds(10));
        await FailAsync(pipeline, 10, () => new TimeoutException());

        var delays = new List<TimeSpan>();
        for (var i = 0; i < 50; i++)
        {
            var refused = await Assert.ThrowsAsync<WorkflowErrorException>(() => pipeline.RunAsync(Succeed, default));
            delays.Add(refused.NextRetryDelay!.Value);
        }

        Assert.All(delays, delay => Assert.InRange(delay, TimeSpan.FromSeconds(30), TimeSpan.FromSeconds(40)));
        Assert.True(delays.Max() - delays.Min() > TimeSpan.FromSeconds(3), $"{delays.Min()} to {delays.Max()}");
    }

    [Fact]
    public async Task Call_WhenItUsesABreakerOfItsOwn_FailsAsItself()
    {
        var inner = new BrokenCircuitException("inner");

        Assert.Same(inner, await Assert.ThrowsAsync<BrokenCircuitException>(
            () => Make().RunAsync(() => Task.FromException<object?>(inner), default)));
    }

    [Fact]
    public async Task Concurrency_WhenItIsReached_RefusesUntilACallEnds()
    {
        var pipeline = Make(options => options.Concurrency = 1);
        var answer = new TaskCompletionSource<object?>();
        var first = pipeline.RunAsync(() => answer.Task, default);

        var refused = await Assert.ThrowsAsync<WorkflowErrorException>(() => pipeline.RunAsync(Succeed, default));
        answer.SetResult("done");
        await first;

        Assert.Equal(
            (ErrorKind.Throttled, "concurrency-limit", TimeSpan.FromSeconds(1)),
            (refused.Kind, refused.Code, refused.NextRetryDelay));
        Assert.Equal("ok", await pipeline.RunAsync(Succeed, default));
    }

    [Fact]
    public async Task Limiter_WhenItIsTheProductsOwn_Decides()
    {
        var limiter = new TokenBucketRateLimiter(new()
        {
            TokenLimit = 1,
            TokensPerPeriod = 1,
            ReplenishmentPeriod = TimeSpan.FromTicks(1),
            AutoReplenishment = false,
        });
        var pipeline = Make(options => options.Limiter = () => limiter);

        Assert.Equal("ok", await pipeline.RunAsync(Succeed, default));
        Assert.Equal(
            "rate-limit",
            (await Assert.ThrowsAsync<WorkflowErrorException>(() => pipeline.RunAsync(Succeed, default))).Code);
        Assert.True(limiter.TryReplenish());
        Assert.Equal("ok", await pipeline.RunAsync(Succeed, default));
    }

    [Fact]
    public async Task Call_WhenItIsCanceledBefore_IsNotMade()
    {
        var calls = 0;

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Make().RunAsync(
            () =>
            {
                calls++;
                return Succeed();
            },
            new CancellationToken(canceled: true)));

        Assert.Equal(0, calls);
    }

    public void Dispose()
    {
        _made.ForEach(pipeline => pipeline.Dispose());
        _instruments.Dispose();
    }

    private DependencyPipeline Make(Action<DependencyOptions>? configure = null)
    {
        var options = new DependencyOptions { Spread = TimeSpan.Zero };
        configure?.Invoke(options);
        var pipeline = new DependencyPipeline("bank", options, _clock, _instruments);
        _made.Add(pipeline);
        return pipeline;
    }

    private static Task<object?> Succeed() => Task.FromResult<object?>("ok");

    private static async Task FailAsync(DependencyPipeline pipeline, int times, Func<Exception> fail)
    {
        for (var i = 0; i < times; i++)
        {
            await Assert.ThrowsAnyAsync<Exception>(
                () => pipeline.RunAsync(() => Task.FromException<object?>(fail()), default));
        }
    }
}
