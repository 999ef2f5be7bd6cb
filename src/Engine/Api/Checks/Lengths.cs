using System.Text;
using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Api.Checks;

/// <summary>Ids and names are limited in UTF-8 bytes.</summary>
internal static class Lengths
{
    private const int MaxBytesPerCharacter = 3;

    public static bool Exceeds(string text) => Exceeds(text, EngineLimits.Default.MaxIdLength);

    /// <summary>Counts bytes only where the number of characters does not settle it.</summary>
    public static bool Exceeds(string text, int limit) =>
        text.Length * MaxBytesPerCharacter > limit && Encoding.UTF8.GetByteCount(text) > limit;

    public static int Of(string text) => Encoding.UTF8.GetByteCount(text);

    public static Rejection? Identity(string identity) => Check(identity, "Identity");

    public static Rejection? RequestId(string requestId) => Check(requestId, "RequestId");

    public static Rejection? WorkflowId(string workflowId) => Check(workflowId, "WorkflowId");

    public static Rejection? Check(string text, string what) =>
        Exceeds(text) ? Rejection.InvalidArgument($"{what} length exceeds limit.") : null;
}
