using System.Linq.Expressions;
using System.Reflection;
using Temporalio.Activities;

namespace AugmentedOS.Testing.Activities;

/// <summary>Which activity an expression names.</summary>
internal static class ActivityNames
{
    /// <param name="call">A call of the activity's method; its arguments do not matter.</param>
    /// <exception cref="WorkflowTestException">It is not one.</exception>
    public static MethodInfo MethodOf(LambdaExpression call)
    {
        ArgumentNullException.ThrowIfNull(call);
        var body = call.Body is UnaryExpression { NodeType: ExpressionType.Convert } converted
            ? converted.Operand
            : call.Body;
        return body is MethodCallExpression named
            ? named.Method
            : throw new WorkflowTestException(
                $"'{call}' does not call an activity. Name it by a call whose arguments do not matter: "
                + "test.Activity((IPayments payments) => payments.ChargeAsync(default!)).");
    }

    /// <summary>The name under which the SDK knows it.</summary>
    /// <exception cref="WorkflowTestException">It is no activity, or one without a name.</exception>
    public static string NameOf(MethodInfo method)
    {
        try
        {
            return ActivityDefinition.Create(method, _ => null).Name
                ?? throw new WorkflowTestException(
                    $"{method.DeclaringType?.Name}.{method.Name} is a dynamic activity: name the one that is meant, "
                    + "test.Activity<TResult>(\"Charge\").");
        }
        catch (ArgumentException wrong)
        {
            throw new WorkflowTestException(
                $"{method.DeclaringType?.Name}.{method.Name} is no activity: {wrong.Message}. Put [Activity] on the "
                + "method that workflows call.",
                wrong);
        }
    }
}
