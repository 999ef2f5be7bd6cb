using System.Collections.Concurrent;
using System.Reflection;
using AugmentedOS.Testing.Time;
using AugmentedOS.Testing.Workers;
using Temporalio.Activities;
using Temporalio.Converters;
using Temporalio.Exceptions;
using Temporalio.Worker;
using Temporalio.Worker.Interceptors;

namespace AugmentedOS.Testing.Activities;

/// <summary>The activities of a test's worker: who was called, and what stands in for whom.</summary>
internal sealed class ActivityBook(EngineTime time, Trouble trouble) : IWorkerInterceptor
{
    private readonly ConcurrentDictionary<string, IActivityFake> _fakes = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<ActivityCall> _calls = new();
    private IReadOnlyList<string> _registered = [];

    /// <summary>Takes its place in a worker: before all activities, and for those that nobody registered.</summary>
    public void JoinWorker(TemporalWorkerOptions options)
    {
        _registered =
            [.. options.Activities.Select(activity => activity.Name).OfType<string>().Order(StringComparer.Ordinal)];
        options.Interceptors = [.. options.Interceptors ?? [], this];
        if (!options.Activities.Any(activity => activity.Dynamic))
        {
            options.AddActivity(ActivityDefinition.Create(
                null, typeof(Task<object?>), [typeof(IRawValue[])], 1, _ => throw new UnansweredCallException()));
        }
    }

    /// <summary>The fake of this name, made when there is none.</summary>
    public ActivityFake<TResult> Fake<TResult>(string name, MethodInfo? method)
    {
        var fake = _fakes.GetOrAdd(name, _ => new ActivityFake<TResult>(name, method, () => CallsOf(name)));
        return fake as ActivityFake<TResult> ?? throw new WorkflowTestException(
            $"Activity '{name}' is faked already with another result than {typeof(TResult).Name}: {fake}.");
    }

    public ActivityInboundInterceptor InterceptActivity(ActivityInboundInterceptor nextInterceptor) =>
        new Inbound(nextInterceptor, this);

    private IReadOnlyList<ActivityCall> CallsOf(string name) => [.. _calls.Where(call => call.Activity == name)];

    private async Task<object?> AnswerAsync(ExecuteActivityInput input, Func<Task<object?>> next)
    {
        var context = ActivityExecutionContext.Current;
        var fake = _fakes.GetValueOrDefault(context.Info.ActivityType);
        var isOurs = input.Activity is { Dynamic: true, MethodInfo: null };
        var call = new ActivityCall(
            context.Info, Arguments(input, fake, context.PayloadConverter), context.PayloadConverter);
        _calls.Enqueue(call);
        try
        {
            return fake is null
                ? await next().ConfigureAwait(false)
                : await fake.AnswerAsync(new AnsweredCall(
                    call, new Attempt(context, time, context.TemporalClient),
                    isOurs ? null : next)).ConfigureAwait(false);
        }
        catch (UnansweredCallException)
        {
            var message = Unanswered(call);
            trouble.Report(new WorkflowTestException(message));
            throw new ApplicationFailureException(message, "UnexpectedActivity", nonRetryable: true);
        }
        catch (WorkflowTestException misuse)
        {
            trouble.Report(misuse);
            throw new ApplicationFailureException(misuse.Message, misuse, "TestMisuse", nonRetryable: true);
        }
    }

    /// <summary>Typed where somebody knows the types.</summary>
    private static IReadOnlyList<object?> Arguments(
        ExecuteActivityInput input, IActivityFake? fake, IPayloadConverter converter)
    {
        if (!input.Activity.Dynamic || input.Args is not [IRawValue[] raw])
        {
            return input.Args;
        }

        if (fake?.Method?.GetParameters() is not { } parameters)
        {
            return raw;
        }

        return [.. parameters.Select((parameter, index) => index < raw.Length
            ? converter.ToValue(raw[index].Payload, parameter.ParameterType)
            : parameter.HasDefaultValue ? parameter.DefaultValue : null)];
    }

    private string Unanswered(ActivityCall call)
    {
        var faked = _fakes.IsEmpty
            ? "nothing"
            : string.Join(", ", _fakes.Values.Select(fake => $"{fake}").Order(StringComparer.Ordinal));
        var registered = _registered.Count == 0 ? "nothing" : string.Join(", ", _registered);
        return $"{ActivityCall.Caller(call.Info)} called activity '{call.Activity}', and nothing says what it does.\n"
            + $"  called: {call}\n  faked: {faked}\n  registered: {registered}\n"
            + "Fake it, test.Activity((IShop shop) => shop.ShipAsync(default!)).Returns(...), before the workflow "
            + "calls it; or register it, worker.AddAllActivities(new Shop()).";
    }

    private sealed class Inbound(ActivityInboundInterceptor next, ActivityBook book) : ActivityInboundInterceptor(next)
    {
        public override Task<object?> ExecuteActivityAsync(ExecuteActivityInput input) =>
            book.AnswerAsync(input, () => base.ExecuteActivityAsync(input));
    }
}
