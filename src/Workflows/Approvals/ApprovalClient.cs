using Temporalio.Client;
using Temporalio.Exceptions;

namespace AugmentedOS.Workflows.Approvals;

/// <summary>Decides on an <see cref="Approval"/> of a workflow from outside of it. Safe for use by many
/// threads.</summary>
/// <remarks>All but <see cref="SignalDecisionAsync"/> and <see cref="StatusAsync"/> are updates: a refusal is thrown as
/// a <see cref="Temporalio.Exceptions.WorkflowUpdateFailedException"/>, which <see cref="Errors.WorkflowError.From"/>
/// reads, and they need a worker that runs.</remarks>
public sealed class ApprovalClient
{
    private const int Attempts = 5;

    private readonly WorkflowHandle _workflow;
    private readonly string _name;

    /// <summary>For an approval of a workflow.</summary>
    /// <param name="name">The approval's name within it.</param>
    public ApprovalClient(WorkflowHandle workflow, string name)
    {
        ArgumentNullException.ThrowIfNull(workflow);
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        (_workflow, _name) = (workflow, name);
    }

    /// <summary>Approves.</summary>
    public Task<ApprovalStatus> ApproveAsync(string by, string? comment = null) =>
        DecideAsync(new(by, ApprovalVerdict.Approve, comment));

    /// <summary>Rejects.</summary>
    public Task<ApprovalStatus> RejectAsync(string by, string? comment = null) =>
        DecideAsync(new(by, ApprovalVerdict.Reject, comment));

    /// <summary>Decides.</summary>
    /// <param name="options">An id, for instance, by which a repeated request counts once.</param>
    public Task<ApprovalStatus> DecideAsync(ApprovalAnswer answer, WorkflowUpdateOptions? options = null) =>
        UpdateAsync("decide", answer, options);

    /// <summary>Decides without waiting for an answer: what is not allowed is ignored. Needs no worker that
    /// runs.</summary>
    public Task SignalDecisionAsync(ApprovalAnswer answer, WorkflowSignalOptions? options = null) =>
        _workflow.SignalAsync($"{_name}.decide", [answer], options);

    /// <summary>Keeps the other deciders out until it is released, delegated or escalated.</summary>
    public Task<ApprovalStatus> ClaimAsync(string by) =>
        UpdateAsync("claim", by);

    /// <summary>Gives a claim back.</summary>
    public Task<ApprovalStatus> ReleaseAsync(string by) =>
        UpdateAsync("release", by);

    /// <summary>Gives one's place, and one's claim, to somebody else.</summary>
    public Task<ApprovalStatus> DelegateAsync(string by, string to) =>
        UpdateAsync("delegate", new ApprovalDelegation(by, to));

    /// <summary>Where it stands, also after the workflow's end.</summary>
    public Task<ApprovalStatus> StatusAsync(WorkflowQueryOptions? options = null) =>
        _workflow.QueryAsync<ApprovalStatus>($"{_name}.status", [], options);

    private async Task<ApprovalStatus> UpdateAsync(string what, object argument, WorkflowUpdateOptions? options = null)
    {
        // One id for all attempts: what was accepted counts once.
        var sent = options is null ? new WorkflowUpdateOptions() : (WorkflowUpdateOptions)options.Clone();
        sent.Id ??= Guid.NewGuid().ToString();
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await _workflow.ExecuteUpdateAsync<ApprovalStatus>($"{_name}.{what}", [argument], sent)
                    .ConfigureAwait(false);
            }
            catch (RpcException exception) when (attempt < Attempts && IsTaskFailure(exception))
            {
                // The workflow was about to end when something else happened to it: its task, and the update in it, is
                // done anew.
            }
        }
    }

    private static bool IsTaskFailure(RpcException exception) =>
        exception.Code is RpcException.StatusCode.FailedPrecondition
        && exception.Message.Contains("unexpected workflow task failure", StringComparison.Ordinal);
}
