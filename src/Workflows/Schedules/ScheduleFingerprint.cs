using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Google.Protobuf;
using Temporalio.Client.Schedules;
using Temporalio.Common;
using Temporalio.Converters;

namespace AugmentedOS.Workflows.Schedules;

/// <summary>A short text that differs when declarations differ. A server rewrites a spec (a cron line becomes
/// calendars) and a codec encrypts arguments anew each time, so what it returns cannot be compared with what was
/// declared.</summary>
internal static class ScheduleFingerprint
{
    /// <summary>The memo of started workflows that carries it: unlike the schedule's own, it changes with every update.
    /// </summary>
    public const string Memo = "aos.declaration";

    /// <summary>Grows when the text is made differently, so that a new version of this library updates schedules once.
    /// </summary>
    private const string Version = "1:";

    public static string Of(ScheduleActionStartWorkflow action, Schedule schedule, IPayloadConverter converter)
    {
        var options = action.Options;
        var text = new StringBuilder()
            .AppendJoin(
                '\n', action.Workflow, options.Id, options.TaskQueue, options.StaticSummary, options.StaticDetails)
            .Append('\n').Append(Json(schedule.Spec))
            .Append('\n').Append(Json(schedule.Policy))
            .Append('\n').Append(Json(new[] { options.ExecutionTimeout, options.RunTimeout, options.TaskTimeout }))
            .Append('\n').Append(Json(options.RetryPolicy))
            .Append('\n').Append(Json(options.Priority));
        foreach (var argument in action.Args)
        {
            text.Append("\nargument ").Append(Text(converter, argument));
        }

        foreach (var (name, value) in (options.Memo ?? EmptyMemo).OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append("\nmemo ").Append(name).Append(' ').Append(Text(converter, value));
        }

        var attributes = (options.TypedSearchAttributes ?? SearchAttributeCollection.Empty).ToProto().IndexedFields;
        foreach (var (name, value) in attributes.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            text.Append("\nattribute ").Append(name).Append(' ').Append(value.ToByteString().ToBase64());
        }

        return Version + Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static IReadOnlyDictionary<string, object> EmptyMemo { get; } = new Dictionary<string, object>();

    private static string Json<T>(T value) => JsonSerializer.Serialize(value);

    private static string Text(IPayloadConverter converter, object? value) =>
        converter.ToPayload(value).Data.ToBase64();
}
