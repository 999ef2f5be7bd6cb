using System.Security.Cryptography;
using System.Text;
using AugmentedOS.Engine.Visibility;

namespace AugmentedOS.Engine.Batch.Running;

/// <summary>The id of what a batch operation asks of one run: the same each time that the run gets its turn, so that what
/// is asked for again after a crash is done once.</summary>
internal static class BatchRequestId
{
    public static string For(BatchState batch, string what, NumberedRun target)
    {
        var text = $"{batch.Key.Id}:{batch.Incarnation:N}:{what}:{target.Workflow.WorkflowId}:{target.Run}";
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(text));
        return new Guid(hash.AsSpan(0, 16), bigEndian: true).ToString("D");
    }
}
