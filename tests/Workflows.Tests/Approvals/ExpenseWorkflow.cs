using AugmentedOS.Workflows.Approvals;
using Temporalio.Activities;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Tests.Approvals;

/// <summary>Has one approval, and tells people by an activity.</summary>
[Workflow]
public sealed class ExpenseWorkflow
{
    private readonly Approval _approval;

    [WorkflowInit]
    public ExpenseWorkflow(ApprovalOptions options) => _approval = new("expense", options, TellAsync);

    [WorkflowRun]
    public Task<ApprovalStatus> RunAsync(ApprovalOptions options) => _approval.WaitAsync();

    [WorkflowUpdate]
    public Task AwaitAskedAsync() => Workflow.WaitConditionAsync(() => _approval.Status.AskedAt is not null);

    private static Task TellAsync(ApprovalNotice notice, CancellationToken cancellationToken) =>
        Workflow.ExecuteActivityAsync(
        (Post post) => post.TellAsync(notice),
        new()
        {
            StartToCloseTimeout = TimeSpan.FromMinutes(1),
            RetryPolicy = new() { MaximumAttempts = 1 },
            CancellationToken = cancellationToken,
        });

    /// <summary>Remembers who was told what.</summary>
    public sealed class Post
    {
        private readonly List<string> _told = [];

        public bool IsBroken { get; init; }

        public IReadOnlyList<string> Told
        {
            get
            {
                lock (_told)
                {
                    return [.. _told];
                }
            }
        }

        [Activity]
        public Task TellAsync(ApprovalNotice notice)
        {
            if (IsBroken)
            {
                throw new InvalidOperationException("no post today");
            }

            lock (_told)
            {
                _told.Add($"{notice.Kind}: {string.Join(", ", notice.To)}");
            }

            return Task.CompletedTask;
        }
    }
}
