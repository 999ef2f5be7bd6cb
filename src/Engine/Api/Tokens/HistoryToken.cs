using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Tokens;

/// <summary>Where a history's next page begins. It pins the run that an empty run id meant at first.</summary>
/// <param name="NextEventId">The event to go on with.</param>
/// <param name="LastEventId">Where a worker's history ends: what happened after its task started is not for it. 0 means
/// no such end.</param>
internal readonly record struct HistoryToken(RunId Run, long NextEventId, long LastEventId)
{
    private const byte Kind = 8;
    private const int Length = 1 + 16 + 8 + 8;

    public static bool TryDecode(ByteString bytes, out HistoryToken token)
    {
        token = default;
        var reader = new TokenReader(bytes.Span);
        if (bytes.Length != Length || reader.ReadByte() != Kind)
        {
            return false;
        }

        token = new HistoryToken(new RunId(reader.ReadGuid()), reader.ReadInt64(), reader.ReadInt64());
        return token.NextEventId >= 0 && token.LastEventId >= 0;
    }

    public ByteString Encode()
    {
        var writer = new TokenWriter(stackalloc byte[Length]);
        writer.Write(Kind);
        writer.Write(Run.Value);
        writer.Write(NextEventId);
        writer.Write(LastEventId);
        return writer.ToToken();
    }
}
