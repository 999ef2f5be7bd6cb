using System.Buffers;
using System.Buffers.Binary;
using AugmentedOS.Engine.Api.Binding;
using Grpc.Core;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Hosting;

/// <summary>Refuses a message that says it is too large before it is read, with the text that workers know.</summary>
internal static class MessageSizeGate
{
    private const int PrefixLength = 5;

    public static async Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) is true
            && await PeekSizeAsync(context).ConfigureAwait(false) is > MessageSize.Max and var size)
        {
            Refuse(context, size);
            return;
        }

        await next(context).ConfigureAwait(false);
    }

    /// <summary>The length that stands before the first message; it stays unread.</summary>
    private static async ValueTask<long> PeekSizeAsync(HttpContext context)
    {
        var body = context.Request.BodyReader;
        var read = await body.ReadAtLeastAsync(PrefixLength, context.RequestAborted).ConfigureAwait(false);
        var size = ReadSize(read.Buffer);
        body.AdvanceTo(read.Buffer.Start);
        return size;
    }

    private static long ReadSize(ReadOnlySequence<byte> buffer)
    {
        if (buffer.Length < PrefixLength)
        {
            return 0;
        }

        Span<byte> prefix = stackalloc byte[PrefixLength];
        buffer.Slice(0, PrefixLength).CopyTo(prefix);
        return BinaryPrimitives.ReadUInt32BigEndian(prefix[1..]);
    }

    private static void Refuse(HttpContext context, long size)
    {
        context.Response.ContentType = "application/grpc";
        context.Response.Headers["grpc-status"] = ((int)StatusCode.ResourceExhausted).ToString();
        context.Response.Headers["grpc-message"] = MessageSize.TooLargeText(size);
    }
}
