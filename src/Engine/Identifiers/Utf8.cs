using System.Text;

namespace AugmentedOS.Engine;

/// <summary>Lengths as limits count them: in bytes on the wire, not in characters.</summary>
internal static class Utf8
{
    public static int Length(string text) => Encoding.UTF8.GetByteCount(text);
}
