using System.Linq.Expressions;
using AugmentedOS.Testing.Activities;

namespace AugmentedOS.Testing;

/// <content>What activities do.</content>
public sealed partial class WorkflowTest
{
    /// <summary>Takes an activity in hand: to say what it does instead of the real one, and to see how it was called.
    /// The real one need not be registered. It may be said at any time before the call.</summary>
    /// <param name="call">A call of the activity's method; the arguments do not matter: <c>(IPayments payments) =>
    /// payments.ChargeAsync(default!)</c>.</param>
    /// <exception cref="WorkflowTestException">The expression names no activity.</exception>
    public ActivityFake<TResult> Activity<TInstance, TResult>(Expression<Func<TInstance, Task<TResult>>> call) =>
        Fake<TResult>(call);

    /// <inheritdoc cref="Activity{TInstance, TResult}(Expression{Func{TInstance, Task{TResult}}})"/>
    public ActivityFake<TResult> Activity<TInstance, TResult>(Expression<Func<TInstance, TResult>> call) =>
        Fake<TResult>(call);

    /// <inheritdoc cref="Activity{TInstance, TResult}(Expression{Func{TInstance, Task{TResult}}})"/>
    public ActivityFake<ValueTuple> Activity<TInstance>(Expression<Func<TInstance, Task>> call) =>
        Fake<ValueTuple>(call);

    /// <inheritdoc cref="Activity{TInstance, TResult}(Expression{Func{TInstance, Task{TResult}}})"/>
    public ActivityFake<ValueTuple> Activity<TInstance>(Expression<Action<TInstance>> call) => Fake<ValueTuple>(call);

    /// <summary>Takes a static activity in hand: see <see cref="Activity{TInstance, TResult}(Expression{Func{TInstance,
    /// Task{TResult}}})"/>.</summary>
    /// <param name="call">A call of the activity's method; the arguments do not matter.</param>
    /// <exception cref="WorkflowTestException">The expression names no activity.</exception>
    public ActivityFake<TResult> Activity<TResult>(Expression<Func<Task<TResult>>> call) => Fake<TResult>(call);

    /// <inheritdoc cref="Activity{TResult}(Expression{Func{Task{TResult}}})"/>
    public ActivityFake<TResult> Activity<TResult>(Expression<Func<TResult>> call) => Fake<TResult>(call);

    /// <inheritdoc cref="Activity{TResult}(Expression{Func{Task{TResult}}})"/>
    public ActivityFake<ValueTuple> Activity(Expression<Func<Task>> call) => Fake<ValueTuple>(call);

    /// <inheritdoc cref="Activity{TResult}(Expression{Func{Task{TResult}}})"/>
    public ActivityFake<ValueTuple> Activity(Expression<Action> call) => Fake<ValueTuple>(call);

    /// <summary>Takes an activity in hand by its name, such as one of another language's worker.</summary>
    /// <param name="name">As the workflow calls it: the method's name without <c>Async</c>, unless its attribute says
    /// otherwise.</param>
    /// <typeparam name="TResult">What it returns; <see cref="ValueTuple"/> for nothing.</typeparam>
    public ActivityFake<TResult> Activity<TResult>(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        return _activities.Fake<TResult>(name, method: null);
    }

    private ActivityFake<TResult> Fake<TResult>(LambdaExpression call)
    {
        var method = ActivityNames.MethodOf(call);
        return _activities.Fake<TResult>(ActivityNames.NameOf(method), method);
    }
}
