using AugmentedOS.Workflows.Approvals;
using Temporalio.Activities;

namespace AugmentedOS.Samples.Approvals;

internal sealed class Mail(TextWriter output)
{
    [Activity]
    public async Task SendAsync(ApprovalNotice notice) =>
        await output.WriteLineAsync($"{notice.Kind} to {string.Join(", ", notice.To)}");
}
