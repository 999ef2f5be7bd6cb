using System.Threading.RateLimiting;
using AugmentedOS.Workflows.Errors;
using Polly;
using Polly.CircuitBreaker;
using Polly.RateLimiting;
using Temporalio.Activities;
using Temporalio.Api.Enums.V1;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Resilience;

/// <summary>One dependency of one process: limits around a circuit breaker around the call.</summary>
/// <remarks>The limits are outside, since a call that they refuse must not be the one that a half open circuit learns
/// from.</remarks>
internal sealed class DependencyPipeline : IDisposable
{
    private const string OpenCode = "circuit-open";
    private const string RateCode = "rate-limit";
    private const string ConcurrencyCode = "concurrency-limit";

    private readonly string _name;
    private readonly DependencyOptions _options;
    private readonly DependencyInstruments _instruments;
    private readonly List<RateLimiter> _limiters = [];
    private readonly CircuitBreakerStateProvider _state = new();
    private readonly CircuitBreakerManualControl _control = new();
    private readonly ResiliencePipeline _pipeline;

    public DependencyPipeline(
        string name, DependencyOptions options, TimeProvider clock, DependencyInstruments instruments)
    {
        _name = name;
        _options = options;
        _instruments = instruments;
        var builder = new ResiliencePipelineBuilder { Name = name, TimeProvider = clock };
        AddLimits(builder);
        if (options.HasBreaker)
        {
            builder.AddCircuitBreaker(Breaker());
        }

        _pipeline = builder.Build();
    }

    public CircuitHealth Health => _options.HasBreaker
        ? _state.CircuitState switch
        {
            CircuitState.Open => CircuitHealth.Open,
            CircuitState.HalfOpen => CircuitHealth.HalfOpen,
            CircuitState.Isolated => CircuitHealth.Isolated,
            _ => CircuitHealth.Closed,
        }
        : CircuitHealth.Closed;

    public Task IsolateAsync(CancellationToken cancellationToken) => _control.IsolateAsync(cancellationToken);

    public Task CloseAsync(CancellationToken cancellationToken) => _control.CloseAsync(cancellationToken);

    /// <summary>Runs the call, or fails as <see cref="ErrorKind.DependencyDown"/> or <see cref="ErrorKind.Throttled"/>
    /// without running it.
    /// </summary>
    public async Task<object?> RunAsync(Func<Task<object?>> call, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(call);
        try
        {
            return await _pipeline.ExecuteAsync(
                static async (attempt, _) => await attempt.RunAsync().ConfigureAwait(false), attempt, cancellationToken)
                .ConfigureAwait(false);
        }
        // What the call itself threw is the call's, even if it used a breaker of its own.
        catch (BrokenCircuitException broken) when (!attempt.HasStarted)
        {
            throw Down(broken);
        }
        catch (RateLimiterRejectedException rejected) when (!attempt.HasStarted)
        {
            throw Throttled(rejected);
        }
        finally
        {
            if (attempt.HasStarted)
            {
                _instruments.Called(_name);
            }
        }
    }

    public void Dispose() => _limiters.ForEach(limiter => limiter.Dispose());

    private void AddLimits(ResiliencePipelineBuilder builder)
    {
        if (_options.Concurrency is { } concurrency)
        {
            builder.AddRateLimiter(Own(new ConcurrencyLimiter(new() { PermitLimit = concurrency, QueueLimit = 0 })));
        }

        if (_options.Limiter is { } limiter)
        {
            builder.AddRateLimiter(Own(limiter()));
        }
        else if (_options.Calls is { } calls)
        {
            builder.AddRateLimiter(Own(new TokenBucketRateLimiter(new()
            {
                TokenLimit = calls,
                TokensPerPeriod = calls,
                ReplenishmentPeriod = _options.Window,
                QueueLimit = 0,
            })));
        }
    }

    private RateLimiter Own(RateLimiter limiter)
    {
        _limiters.Add(limiter);
        return limiter;
    }

    private CircuitBreakerStrategyOptions Breaker() => new()
    {
        FailureRatio = _options.FailureRatio,
        MinimumThroughput = _options.MinimumCalls,
        SamplingDuration = _options.Sampling,
        BreakDuration = _options.Break,
        StateProvider = _state,
        ManualControl = _control,
        ShouldHandle = static arguments => ValueTask.FromResult(IsFailing(arguments.Outcome.Exception)),
        OnOpened = _ =>
        {
            _instruments.Opened(_name);
            return default;
        },
    };

    /// <summary>A refused request says that the dependency is well; a throttled one as well, and has its own delay. So
    /// does what the call itself expects, such as that something is not ready yet.</summary>
    private static bool IsFailing(Exception? exception) =>
        exception is not (
            null or CompleteAsyncException or ApplicationFailureException { Category: ApplicationErrorCategory.Benign })
        && WorkflowError.From(
            exception) is { IsCanceled: false, Kind: ErrorKind.Transient or ErrorKind.DependencyDown };

    /// <summary>Without a cause: a server cuts last failures at 4 KB, and the library's stack would be most of
    /// it.</summary>
    private WorkflowErrorException Down(BrokenCircuitException broken)
    {
        _instruments.Rejected(_name, OpenCode);
        var because = broken is IsolatedCircuitException
            ? "an operator isolated it"
            : $"at least {_options.FailureRatio:P0} of its calls failed";
        return Fail.DependencyDown($"Nothing is sent to \"{_name}\" now: {because}.")
            .WithCode(OpenCode).WithRetryAfter(Spread(broken.RetryAfter ?? _options.Break)).Expected();
    }

    private WorkflowErrorException Throttled(RateLimiterRejectedException rejected)
    {
        var code = rejected.RetryAfter is null && _options.Concurrency is not null ? ConcurrencyCode : RateCode;
        _instruments.Rejected(_name, code);
        var limit = code == RateCode
            ? "as many calls as are allowed in this time"
            : $"{_options.Concurrency} calls under way";
        return Fail.Throttled($"This worker has made {limit} to \"{_name}\".")
            .WithCode(code).WithRetryAfter(Spread(rejected.RetryAfter ?? TimeSpan.FromSeconds(1)));
    }

    /// <summary>Never sooner than in time; some later, so that not all come at once.</summary>
    private TimeSpan Spread(TimeSpan delay) =>
        (delay < TimeSpan.Zero ? TimeSpan.Zero : delay) + (_options.Spread * Random.Shared.NextDouble());

    private sealed class Attempt(Func<Task<object?>> call)
    {
        public bool HasStarted { get; private set; }

        public Task<object?> RunAsync()
        {
            HasStarted = true;
            return call();
        }
    }
}
