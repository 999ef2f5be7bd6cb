using System.Diagnostics.CodeAnalysis;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Update.V1;

namespace AugmentedOS.Engine.Updates;

/// <summary>What a caller is told in the end.</summary>
/// <param name="Reply">What the run said to the request itself; null when it refused.</param>
/// <param name="Stage">How far the update is.</param>
/// <param name="Outcome">Its result or failure, once it is completed.</param>
/// <param name="Rejection">Why there is no answer: the request was refused, or the update came to nothing.</param>
internal sealed record UpdateAnswer<TReply>(
    TReply? Reply, UpdateWorkflowExecutionLifecycleStage Stage, Outcome? Outcome, Rejection? Rejection)
    where TReply : class
{
    [MemberNotNullWhen(true, nameof(Rejection))]
    [MemberNotNullWhen(false, nameof(Reply))]
    public bool IsRejected => Rejection is not null;

    public static UpdateAnswer<TReply> Of(
        TReply reply, UpdateWorkflowExecutionLifecycleStage stage, Outcome? outcome) =>
        new(reply, stage, outcome, null);

    public static UpdateAnswer<TReply> Refused(Rejection rejection) => new(null, default, null, rejection);

    public static UpdateAnswer<TReply> Aborted(TReply reply, Rejection rejection) =>
        new(reply, default, null, rejection);
}
