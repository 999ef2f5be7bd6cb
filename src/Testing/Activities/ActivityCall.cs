using System.Globalization;
using System.Text.Json;
using Temporalio.Activities;
using Temporalio.Converters;

namespace AugmentedOS.Testing.Activities;

/// <summary>One attempt of an activity, as the worker was asked for it.</summary>
public sealed class ActivityCall
{
    private static readonly JsonSerializerOptions Readable = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private readonly IPayloadConverter _converter;

    internal ActivityCall(ActivityInfo info, IReadOnlyList<object?> arguments, IPayloadConverter converter)
    {
        Info = info;
        Arguments = arguments;
        _converter = converter;
    }

    /// <summary>The activity's name.</summary>
    public string Activity => Info.ActivityType;

    /// <summary>The arguments. They are typed where the activity was named by an expression or is registered; otherwise
    /// they are raw values, which <see cref="Argument{T}"/> reads.</summary>
    public IReadOnlyList<object?> Arguments { get; }

    /// <summary>Which attempt it is; the first is 1.</summary>
    public int Attempt => Info.Attempt;

    /// <summary>When the attempt started, in the engine's time, UTC.</summary>
    public DateTime Time => Info.StartedTime;

    /// <summary>What else the SDK tells an activity: ids, timeouts, the workflow that asked.</summary>
    public ActivityInfo Info { get; }

    /// <summary>An argument as a type.</summary>
    /// <param name="index">The first is 0.</param>
    /// <exception cref="WorkflowTestException">There is no such argument, or it is of another type.</exception>
    public T Argument<T>(int index)
    {
        if (index < 0 || index >= Arguments.Count)
        {
            throw new WorkflowTestException(
                $"Activity '{Activity}' was called with {Arguments.Count} argument(s); there is none at index "
                + $"{index}.");
        }

        return Arguments[index] switch
        {
            T typed => typed,
            null => default!,
            IRawValue raw => _converter.ToValue<T>(raw),
            var other => throw new WorkflowTestException(
                $"Argument {index} of activity '{Activity}' is a {other.GetType().Name}, not a {typeof(T).Name}."),
        };
    }

    /// <summary>The call as text: activity, arguments, attempt, workflow, time.</summary>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Activity}({string.Join(", ", Arguments.Select(Say))}) attempt {Attempt} of {Caller(Info)} at "
        + $"{Time:yyyy-MM-dd HH:mm:ss}");

    internal static string Caller(ActivityInfo info) =>
        info.WorkflowId is null ? "no workflow" : $"{info.WorkflowType} '{info.WorkflowId}'";

    private static string Say(object? argument) => argument switch
    {
        IRawValue raw => Histories.PayloadText.Of(raw.Payload),
        _ => JsonSerializer.Serialize(argument, Readable),
    };
}
