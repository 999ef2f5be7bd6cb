namespace AugmentedOS.Workflows.Callbacks;

/// <summary>A question to an external system that a workflow waits for the answer of. Goes to the activity that sends
/// it, which makes the token of it (<see cref="CallbackTokens.Issue"/>).</summary>
/// <param name="WorkflowId">Who asks; also over continue-as-new.</param>
/// <param name="RequestId">Unique for each question: the same for each attempt of the activity, so that an external
/// system that takes an idempotency key can be given it.</param>
public sealed record CallbackRequest(string WorkflowId, string RequestId);
