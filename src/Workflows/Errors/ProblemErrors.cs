using System.Text.Json;
using AugmentedOS.Workflows.Errors.Reading;
using Microsoft.AspNetCore.Mvc;

namespace AugmentedOS.Workflows.Errors;

/// <summary>Errors of workflows as problem details (RFC 9457), for callers by HTTP.</summary>
public static class ProblemErrors
{
    /// <summary>What the <c>type</c> of each problem begins with; the kind's name follows.</summary>
    public const string TypePrefix = "urn:aos:error:";

    private const string CodeMember = "code";
    private const string RetryAfterMember = "retryAfter";

    /// <summary>The problem that a caller is shown: type, title and status of the kind, the user's message as
    /// <c>detail</c>, and the members <c>code</c> and, where it is known, <c>retryAfter</c> in seconds. Nothing of
    /// message, cause and stack.</summary>
    public static ProblemDetails ToProblemDetails(this WorkflowError error)
    {
        ArgumentNullException.ThrowIfNull(error);
        var rule = error.Kind.Rule();
        var problem = new ProblemDetails
        {
            Type = TypePrefix + rule.Name,
            Title = rule.Title,
            Status = (int)rule.HttpStatus,
            Detail = error.UserMessage,
            Extensions = { [CodeMember] = error.Code },
        };
        if (error.RetryAfter is { } delay)
        {
            problem.Extensions[RetryAfterMember] = Seconds(delay);
        }

        return problem;
    }

    /// <summary>Whole seconds, rounded up: who comes a moment early is refused again.</summary>
    internal static long Seconds(TimeSpan delay) => (long)Math.Ceiling(delay.TotalSeconds);

    internal static (ErrorKind Kind, string Code)? Read(ProblemDetails? problem)
    {
        if (problem?.Type is not { } type || !type.StartsWith(TypePrefix, StringComparison.Ordinal)
            || !ErrorKinds.TryFromName(type[TypePrefix.Length..], out var rule))
        {
            return null;
        }

        var code = problem.Extensions.TryGetValue(CodeMember, out var value) && value is JsonElement
        {
            ValueKind: JsonValueKind.String,
        } text
            ? text.GetString()
            : null;
        return (rule.Kind, ErrorCode.From(code, rule.Name));
    }
}
