using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Facts;
using AugmentedOS.Engine.Executions.Speculation;
using Grpc.Core;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.History.V1;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>What a decision must have come to.</summary>
internal sealed partial class Scenario
{
    /// <summary>Exactly these events entered history, in this order. What each of them says is compared.</summary>
    public Scenario Then(params HistoryEvent[] expected) =>
        Compare("history", expected, [.. RecordedIn(_written ?? Decision.NewRun)]);

    /// <summary>Exactly these events went into the buffer behind the started workflow task.</summary>
    public Scenario ThenBuffered(params HistoryEvent[] expected) =>
        Compare("the buffer", expected, [.. FactsDecided.OfType<EventBuffered>().Select(fact => fact.Event)]);

    /// <summary>Nothing happened at all.</summary>
    public Scenario ThenNothing() =>
        Decision.ChangesNothing
            ? this
            : throw Failure("Expected that nothing happens.");

    /// <summary>Nothing has to be written: what happened is in memory, or nothing did.</summary>
    public Scenario ThenNothingIsWritten() =>
        _written is null && Decision.NewRun is null && !Decision.IsRejected
            ? this
            : throw Failure("Expected that nothing is written.");

    /// <summary>There are no facts, whatever memory has.</summary>
    public Scenario ThenNoFacts() => Decision is { WritesNothing: true, Held: null, Drops: false }
        ? this
        : throw Failure("Expected no facts.");

    /// <summary>These updates ended without an event.</summary>
    public Scenario AndEnded(params string[] ids)
    {
        var ended = Decision.EndedUpdates.Select(update => update.Id).ToArray();
        return ids.SequenceEqual(ended)
            ? this
            : throw Failure($"Expected that [{string.Join(", ", ids)}] end, ended have [{string.Join(", ", ended)}].");
    }

    /// <summary>Among the facts is one of that type that passes.</summary>
    public Scenario ThenFact<TFact>(Func<TFact, bool>? matches = null)
        where TFact : Fact =>
        FactsDecided.OfType<TFact>().Any(matches ?? (_ => true))
            ? this
            : throw Failure($"Expected a fact {typeof(TFact).Name} that matches.");

    /// <summary>Besides events in history and the end of a workflow task there is nothing: no fact that history does not
    /// show, no other run, no refusal.</summary>
    public Scenario AndNothingElse()
    {
        AndNotRejected().AndNoNewRun();
        var silent = FactsDecided.Where(fact => fact is not (EventRecorded or BufferedEventRecorded or RunStarted));
        return silent.Any() ? throw Failure($"Unexpected: {string.Join(", ", silent)}") : this;
    }

    /// <summary>Nobody but the caller is told: no other run, no workflow task that was not there before.</summary>
    public Scenario AndNoEffects()
    {
        var before = Decision.Change?.Before;
        return AndNoNewRun().Check(
            state => state.Task is null || before?.Task is not null, "Unexpected workflow task.").Check(
            state => state.PendingDeliveries.Count <= (before?.PendingDeliveries.Count ?? 0), "Unexpected delivery.");
    }

    public Scenario AndNotRejected() => Decision.IsRejected
        ? throw Failure("Expected that it is not refused.")
        : this;

    /// <summary>The caller was refused, with this code and this text.</summary>
    public Scenario AndRejected(StatusCode code, string message) =>
        Decision.Rejection is { } rejection && rejection.Code == code && rejection.Message == message
            ? this
            : throw Failure($"Expected a refusal: {code} \"{message}\".");

    /// <inheritdoc cref="AndRejected(StatusCode, string)"/>
    public Scenario AndRejected(Rejection expected)
    {
        AndRejected(expected.Code, expected.Message);
        return Equals(expected.Detail, Decision.Rejection!.Detail)
            ? this
            : throw Failure($"Expected the refusal's detail {expected.Detail}.");
    }

    /// <summary>The last <see cref="WhenCommands"/> was refused for this.</summary>
    public Scenario AndCommandFailed(WorkflowTaskFailedCause cause, string message, bool terminatesRun = false) =>
        CommandFailure is { } failure && failure.Cause == cause && failure.Message == message
            && failure.TerminatesRun == terminatesRun
            ? this
            : throw Failure($"Expected the command to fail with {cause}: \"{message}\", was {CommandFailure}.");

    public Scenario AndReply<TReply>(Action<TReply>? check = null)
    {
        if (Decision.Reply is not TReply reply)
        {
            throw Failure($"Expected a reply of type {typeof(TReply).Name}.");
        }

        return Try(() => check?.Invoke(reply));
    }

    public Scenario AndState(Action<RunState> check) => Try(() => check(State));

    public Scenario AndLive(Action<LiveRun> check) => Try(() => check(Live));

    public Scenario AndEvents(Action<IReadOnlyList<HistoryEvent>> check) =>
        Try(() => check([.. RecordedIn(_written ?? Decision.NewRun)]));

    /// <summary>The whole history so far.</summary>
    public Scenario AndHistory(Action<IReadOnlyList<HistoryEvent>> check) => Try(() => check(_history));

    /// <summary>The next thing that time will do to the run.</summary>
    /// <param name="at">Since <see cref="Start"/>.</param>
    public Scenario AndNextDeadline(DeadlineKind kind, TimeSpan at) => Check(
        state => state.NextDeadline is { } due && due.Kind == kind && due.At == Start + at,
        $"Expected the next deadline {kind} at {at}, was {State.NextDeadline}.");

    public Scenario AndNoNewRun() => Decision.NewRun is not null && Decision.Change is not null
        ? throw Failure("Expected no other run.")
        : this;

    /// <summary>Goes on with the run that the decision started beside the addressed one.</summary>
    public Scenario InNewRun()
    {
        var born = Decision.NewRun ?? throw Failure("Expected another run.");
        var next = new Scenario
        {
            Limits = Limits,
            Namespaces = Namespaces,
            Endpoints = Endpoints,
            Versions = Versions,
            Ids = Ids,
            _now = _now,
            _decision = Decision,
            _input = _input,
        };
        next.Copy(born.Copied);
        next.Begin(born, Decision.NewRunUpdates);
        next._written = _written;
        return next;
    }

    private IReadOnlyList<Fact> FactsDecided => (_written ?? Decision.NewRun)?.Facts ?? [];

    private Scenario Check(Func<RunState, bool> holds, string message) => holds(State) ? this : throw Failure(message);

    private Scenario Compare(string where, HistoryEvent[] expected, HistoryEvent[] actual)
    {
        var wanted = string.Join(", ", expected.Select(e => e.EventType));
        var got = string.Join(", ", actual.Select(e => e.EventType));
        if (wanted != got)
        {
            throw Failure($"Expected in {where}: [{wanted}]\nbut it was:         [{got}]");
        }

        foreach (var (want, have) in expected.Zip(actual))
        {
            if (PartialMatch.Difference(want, have) is { } difference)
            {
                throw Failure($"{want.EventType} in {where}: {difference}");
            }
        }

        return this;
    }

    private Scenario Try(Action check)
    {
        try
        {
            check();
            return this;
        }
        catch (Xunit.Sdk.XunitException failed)
        {
            throw Failure(failed.Message);
        }
    }
}
