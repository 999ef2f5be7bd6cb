using System.Collections.Concurrent;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using AugmentedOS.Engine.Executions.Nexus;
using AugmentedOS.Engine.Nexus.Endpoints;
using AugmentedOS.Engine.Runtime;
using Grpc.Core;

namespace AugmentedOS.Engine.Nexus.Calls;

/// <summary>Makes the requests that runs' states say are due: to workers here, to handlers elsewhere, to the engine
/// itself. Thread-safe; it remembers only what is under way, and what a crash interrupts is derived again.</summary>
internal sealed class NexusCaller(
    IExecutions executions,
    INexusEndpoints endpoints,
    WorkerTransport workers,
    HttpTransport elsewhere,
    SystemTransport system,
    CompletionSender completions,
    EngineLimits limits,
    TimeProvider time,
    NexusInstruments instruments) : INexusCaller
{
    private const int MaxDoublings = 10;
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);
    private readonly ConcurrentDictionary<CallKey, bool> _underWay = new();
    private volatile bool _isStopped;

    public void Begin(NexusCall call)
    {
        var key = new CallKey(call.GetType(), call.Run, call.Number, call.EarlierAttempts);
        if (_isStopped || !_underWay.TryAdd(key, true))
        {
            return;
        }

        switch (call)
        {
            case StartOperationCall start:
                Start(start, outcome => Report(key, new RecordNexusStart(
                    start.Run, start.Number, start.Operation.RequestId, start.EarlierAttempts, outcome)));
                break;
            case CancelOperationCall cancel:
                Cancel(cancel, outcome => Report(key, new RecordNexusCancel(
                    cancel.Run, cancel.Number, cancel.Operation.RequestId, cancel.EarlierAttempts, outcome)));
                break;
            case CompletionCall completion:
                completions.Send(completion, (failure, isRetried) => Report(key, new RecordCallbackOutcome(
                    completion.Run, completion.Number, completion.EarlierAttempts, failure, isRetried)));
                break;
            default:
                throw new InvalidOperationException($"Nobody makes a {call.GetType().Name}.");
        }
    }

    /// <summary>Makes and reports nothing more: what was under way is derived again when the engine next starts.</summary>
    public void Stop() => _isStopped = true;

    private void Start(StartOperationCall call, Action<NexusStartOutcome> settled)
    {
        var operation = call.Operation;
        var budget = NexusBudget.OfStart(operation, Now(), limits);
        var began = time.GetTimestamp();
        Action<NexusStartOutcome> measured = outcome =>
        {
            instruments.Called("StartOperation", operation.Attributes.Endpoint, NameOf(outcome), time.GetElapsedTime(began));
            settled(outcome);
        };
        if (budget.Time < limits.MinNexusRequestTimeout)
        {
            measured(new NexusStartOutcome.OutOfTime(budget.Type));
        }
        else if (operation.Attributes.Endpoint == SystemEndpoint.Name)
        {
            system.Start(call, measured);
        }
        else if (Find(operation) is not { } endpoint)
        {
            measured(new NexusStartOutcome.Refused(
                NexusFailures.OfHandler(HandlerErrorType.NotFound, "endpoint not registered")));
        }
        else if (endpoint.TargetNamespace is { } ns)
        {
            workers.Start(call, endpoint, ns, budget.Time, measured);
        }
        else
        {
            elsewhere.Start(call, endpoint, budget.Time, measured);
        }
    }

    private void Cancel(CancelOperationCall call, Action<NexusCancelOutcome> settled)
    {
        var operation = call.Operation;
        var budget = NexusBudget.OfCancel(operation, Now(), limits);
        var began = time.GetTimestamp();
        Action<NexusCancelOutcome> measured = outcome =>
        {
            var name = outcome.Failure is null ? "successful" : "failed";
            instruments.Called("CancelOperation", operation.Attributes.Endpoint, name, time.GetElapsedTime(began));
            settled(outcome);
        };
        if (budget.Time < limits.MinNexusRequestTimeout)
        {
            measured(new NexusCancelOutcome(NexusFailures.OfCall(
                $"not enough time to execute another request before {budget.Type} timeout", isRetried: false)));
        }
        else if (Find(operation) is not { } endpoint)
        {
            measured(new NexusCancelOutcome(
                NexusFailures.OfHandler(HandlerErrorType.NotFound, "endpoint not registered")));
        }
        else if (endpoint.TargetNamespace is { } ns)
        {
            workers.Cancel(call, endpoint, ns, budget.Time, measured);
        }
        else
        {
            elsewhere.Cancel(call, endpoint, budget.Time, measured);
        }
    }

    /// <summary>By the id that it had when the operation was scheduled; by name when it was made anew since.</summary>
    private NexusEndpoint? Find(NexusOperation operation)
    {
        if (Guid.TryParse(operation.Attributes.EndpointId, out var id) && endpoints.TryFind(id, out var found))
        {
            return found;
        }

        return endpoints.TryFind(operation.Attributes.Endpoint, out found) ? found : null;
    }

    /// <summary>Until the run has taken it: what waits for its outcome has no other way to learn of it.</summary>
    private void Report(CallKey key, Input report, int failures = 0)
    {
        if (_isStopped)
        {
            return;
        }

        executions.Submit(report, outcome =>
        {
            if (outcome.Rejection?.Code is StatusCode.Unavailable or StatusCode.ResourceExhausted or StatusCode.Aborted
                or StatusCode.DeadlineExceeded)
            {
                After(PauseAfter(failures), () => Report(key, report, failures + 1));
            }
            else
            {
                _underWay.TryRemove(key, out _);
            }
        });
    }

    private void After(TimeSpan pause, Action action)
    {
        ITimer? timer = null;
        timer = time.CreateTimer(
            _ =>
            {
                timer?.Dispose();
                action();
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        timer.Change(pause, Timeout.InfiniteTimeSpan);
    }

    private static TimeSpan PauseAfter(int failures)
    {
        var pause = FirstPause * Math.Pow(2, Math.Min(failures, MaxDoublings));
        return pause < LongestPause ? pause : LongestPause;
    }

    private Instant Now() => Instant.From(time.GetUtcNow());

    private static string NameOf(NexusStartOutcome outcome) => outcome switch
    {
        NexusStartOutcome.Completed => "successful",
        NexusStartOutcome.Started => "pending",
        NexusStartOutcome.Unsuccessful { IsCanceled: true } => "operation-unsuccessful:canceled",
        NexusStartOutcome.Unsuccessful => "operation-unsuccessful:failed",
        NexusStartOutcome.OutOfTime => "operation-timeout",
        NexusStartOutcome.Refused { Failure: var failure } => NameOf(failure),
        NexusStartOutcome.Failed { Failure: var failure } => NameOf(failure),
        _ => "unknown-error",
    };

    private static string NameOf(Temporalio.Api.Failure.V1.Failure failure) =>
        failure.NexusHandlerFailureInfo is { } handler ? $"handler-error:{handler.Type}" : "unknown-error";

    private readonly record struct CallKey(Type Kind, RunKey Run, long Number, int EarlierAttempts);
}
