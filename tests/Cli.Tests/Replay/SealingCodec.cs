using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace AugmentedOS.Cli.Tests.Replay;

/// <summary>Stands for encryption: nothing can be read without it, and what it has not sealed it leaves alone.</summary>
public sealed class SealingCodec : IPayloadCodec
{
    private const string Sealed = "binary/sealed";

    public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Task.FromResult<IReadOnlyCollection<Payload>>([.. payloads.Select(Seal)]);

    public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Task.FromResult<IReadOnlyCollection<Payload>>([.. payloads.Select(Open)]);

    private static Payload Seal(Payload payload) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8(Sealed) },
        Data = ByteString.CopyFrom(Turn(payload.ToByteArray())),
    };

    private static Payload Open(Payload payload) =>
        payload.Metadata.TryGetValue("encoding", out var encoding) && encoding.ToStringUtf8() == Sealed
            ? Payload.Parser.ParseFrom(Turn(payload.Data.ToByteArray()))
            : payload;

    private static byte[] Turn(byte[] bytes) => [.. bytes.Select(b => (byte)~b)];
}

/// <summary>As a product has its converter: made once, for client, worker and tools.</summary>
public static class SealedPayloads
{
    public static DataConverter Converter { get; } = DataConverter.Default with { PayloadCodec = new SealingCodec() };
}

/// <summary>Its key is nowhere.</summary>
public sealed class KeylessCodec : IPayloadCodec
{
    public KeylessCodec() => throw new InvalidOperationException("there is no key in ORDERS_KEY");

    public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) => Task.FromResult(payloads);

    public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) => Task.FromResult(payloads);
}

/// <summary>Nobody knows with what to make it.</summary>
public sealed class KeyedCodec(byte[] key) : IPayloadCodec
{
    public byte[] Key => key;

    public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) => Task.FromResult(payloads);

    public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) => Task.FromResult(payloads);
}
