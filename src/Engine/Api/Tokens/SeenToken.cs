using AugmentedOS.Engine.Executions;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Tokens;

/// <summary>Which state of a run a caller has seen: it waits for the next.</summary>
internal readonly record struct SeenToken(NamespaceId Space, RunId Run, long Transitions)
{
    private const byte Kind = 1;
    private const int Length = 1 + 16 + 16 + 8;

    public static SeenToken Of(RunState state) => new(state.Key.Namespace, state.Key.Run, state.Transitions);

    public static bool TryDecode(ByteString bytes, out SeenToken token)
    {
        token = default;
        var reader = new TokenReader(bytes.Span);
        if (bytes.Length != Length || reader.ReadByte() != Kind)
        {
            return false;
        }

        token = new SeenToken(
            new NamespaceId(reader.ReadGuid()), new RunId(reader.ReadGuid()), reader.ReadInt64());
        return true;
    }

    public ByteString Encode()
    {
        var writer = new TokenWriter(stackalloc byte[Length]);
        writer.Write(Kind);
        writer.Write(Space.Value);
        writer.Write(Run.Value);
        writer.Write(Transitions);
        return writer.ToToken();
    }
}
