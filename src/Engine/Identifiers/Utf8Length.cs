using System.Text;

namespace AugmentedOS.Engine;

/// <summary>Lengths as limits count them: in bytes on the wire, not in characters.</summary>
internal static class Utf8Length
{
    public static int Of(string text) => Encoding.UTF8.GetByteCount(text);
}
