using Google.Protobuf;
using Temporalio.Api.Common.V1;
using Temporalio.Converters;

namespace AugmentedOS.Workflows.Tests.Replay;

/// <summary>Stands for encryption: nothing can be read without it.</summary>
internal sealed class InvertingCodec : IPayloadCodec
{
    public Task<IReadOnlyCollection<Payload>> EncodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Invert(payloads, payload => payload.ToByteArray(), Wrap);

    public Task<IReadOnlyCollection<Payload>> DecodeAsync(IReadOnlyCollection<Payload> payloads) =>
        Invert(payloads, payload => payload.Data.ToByteArray(), Payload.Parser.ParseFrom);

    private static Payload Wrap(byte[] bytes) => new()
    {
        Metadata = { ["encoding"] = ByteString.CopyFromUtf8("binary/inverted") },
        Data = ByteString.CopyFrom(bytes),
    };

    private static Task<IReadOnlyCollection<Payload>> Invert(
        IReadOnlyCollection<Payload> payloads, Func<Payload, byte[]> read, Func<byte[], Payload> make) =>
        Task.FromResult<IReadOnlyCollection<Payload>>(
            [.. payloads.Select(payload => make([.. read(payload).Select(b => (byte)~b)]))]);
}
