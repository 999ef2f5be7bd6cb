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

    public static Task RunAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.ContentType?.StartsWith("application/grpc", StringComparison.Ordinal) is not true)
        {
            return next(context);
        }

        // The message is mostly there when its headers are: then this costs no waiting.
        var body = context.Request.BodyReader;
        if (!body.TryRead(out var read))
        {
            return WaitAsync(context, next);
        }

        var size = ReadSize(read.Buffer);
        var isKnown = read.Buffer.Length >= PrefixLength || read.IsCompleted;
        body.AdvanceTo(read.Buffer.Start);
        return isKnown ? Decide(context, next, size) : WaitAsync(context, next);
    }

    /// <summary>The length stands before the message; it stays unread.</summary>
    private static async Task WaitAsync(HttpContext context, RequestDelegate next)
    {
        var body = context.Request.BodyReader;
        var read = await body.ReadAtLeastAsync(PrefixLength, context.RequestAborted).ConfigureAwait(false);
        var size = ReadSize(read.Buffer);
        body.AdvanceTo(read.Buffer.Start);
        await Decide(context, next, size).ConfigureAwait(false);
    }

    private static Task Decide(HttpContext context, RequestDelegate next, long size)
    {
        if (size <= MessageSize.Max)
        {
            return next(context);
        }

        Refuse(context, size);
        return Task.CompletedTask;
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
