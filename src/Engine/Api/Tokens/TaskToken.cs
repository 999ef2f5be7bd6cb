using System.Text;
using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Inputs;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Tokens;

/// <summary>Names the task that a worker holds. Opaque to it; comes back with its answer.</summary>
internal readonly record struct TaskToken(
    TaskTokenKind Kind,
    RunKey Run,
    long ScheduledEventId,
    long StartedEventId,
    int Attempt,
    Instant StartedAt)
{
    private const int FixedLength = 1 + 16 + 16 + 8 + 8 + 4 + 8;
    private const int StackLimit = 512;

    public WorkflowTaskReference WorkflowTask => new(ScheduledEventId, StartedEventId, Attempt, StartedAt);

    public static TaskToken Of(RunKey run, WorkflowTask task) => new(
        TaskTokenKind.WorkflowTask, run, task.ScheduledEventId, task.StartedEventId, task.Attempt, task.StartedAt);

    public static TaskToken Of(RunKey run, PendingActivity activity) => new(
        TaskTokenKind.Activity, run, activity.ScheduledEventId, 0, activity.Attempt, activity.StartedAt ?? default);

    /// <summary>Decodes a token of one kind.</summary>
    public static Rejection? Decode(ByteString bytes, TaskTokenKind kind, out TaskToken token)
    {
        token = default;
        if (bytes.IsEmpty)
        {
            return Rejection.InvalidArgument("Task token not set on request.");
        }

        var reader = new TokenReader(bytes.Span);
        if (!reader.Has(FixedLength + 1) || reader.ReadByte() != (byte)kind)
        {
            return Rejection.InvalidArgument("Error deserializing task token.");
        }

        var ns = new NamespaceId(reader.ReadGuid());
        var run = new RunId(reader.ReadGuid());
        var scheduled = reader.ReadInt64();
        var started = reader.ReadInt64();
        var attempt = reader.ReadInt32();
        var at = new Instant(reader.ReadInt64());
        var key = new RunKey(new WorkflowKey(ns, reader.ReadLast()), run);
        token = new TaskToken(kind, key, scheduled, started, attempt, at);
        return null;
    }

    public ByteString Encode()
    {
        var length = FixedLength + Encoding.UTF8.GetMaxByteCount(Run.WorkflowId.Length);
        var writer = new TokenWriter(length <= StackLimit ? stackalloc byte[length] : new byte[length]);
        writer.Write((byte)Kind);
        writer.Write(Run.Namespace.Value);
        writer.Write(Run.Run.Value);
        writer.Write(ScheduledEventId);
        writer.Write(StartedEventId);
        writer.Write(Attempt);
        writer.Write(StartedAt.Ticks);
        writer.WriteLast(Run.WorkflowId);
        return writer.ToToken();
    }
}
