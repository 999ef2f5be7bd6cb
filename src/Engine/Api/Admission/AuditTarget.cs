using System.Linq.Expressions;
using System.Reflection;

namespace AugmentedOS.Engine.Api.Admission;

/// <summary>What of a request says what it acts on, and who asks. Found once for each type of request; descriptors would
/// say it too, but take long to read.</summary>
internal static class AuditTarget<TRequest>
    where TRequest : class
{
    private static readonly Func<TRequest, string>? Target = Find(
        "WorkflowId", "WorkflowExecution.WorkflowId", "Execution.WorkflowId", "ScheduleId", "ActivityId", "OperationId",
        "JobId", "DeploymentName", "DeploymentVersion.DeploymentName", "TaskQueue.Name", "TaskQueue", "Id", "Spec.Name",
        "Name", "ClusterName", "RuleId");

    private static readonly Func<TRequest, string>? Run =
        Find("RunId", "WorkflowExecution.RunId", "Execution.RunId");

    private static readonly Func<TRequest, string>? Identity = Find("Identity");

    private static readonly Func<TRequest, string>? RequestId = Find("RequestId");

    public static string Of(TRequest request) => Target?.Invoke(request) ?? TaskTokens<TRequest>.WorkflowOf(request);

    public static string RunOf(TRequest request) => Run?.Invoke(request) ?? TaskTokens<TRequest>.RunOf(request);

    public static string IdentityOf(TRequest request) => Identity?.Invoke(request) ?? "";

    public static string RequestIdOf(TRequest request) => RequestId?.Invoke(request) ?? "";

    /// <summary>The first of these fields that the request has.</summary>
    private static Func<TRequest, string>? Find(params string[] paths) =>
        paths.Select(Read).FirstOrDefault(read => read is not null);

    private static Func<TRequest, string>? Read(string path)
    {
        var names = path.Split('.');
        var outer = typeof(TRequest).GetProperty(names[0], BindingFlags.Instance | BindingFlags.Public);
        var request = Expression.Parameter(typeof(TRequest));
        if (names.Length == 1)
        {
            return outer?.PropertyType == typeof(string)
                ? Expression.Lambda<Func<TRequest, string>>(Expression.Property(request, outer), request).Compile()
                : null;
        }

        var inner = outer?.PropertyType.GetProperty(names[1], BindingFlags.Instance | BindingFlags.Public);
        if (inner?.PropertyType != typeof(string))
        {
            return null;
        }

        var holder = Expression.Property(request, outer!);
        var value = Expression.Condition(
            Expression.Equal(holder, Expression.Constant(null, outer!.PropertyType)),
            Expression.Constant(""),
            Expression.Property(holder, inner));
        return Expression.Lambda<Func<TRequest, string>>(value, request).Compile();
    }
}
