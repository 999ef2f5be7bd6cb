using System.Buffers;
using AugmentedOS.Engine.Api.Binding;
using Microsoft.AspNetCore.Http;

namespace AugmentedOS.Engine.Api.Http.Requests;

/// <summary>A request's body, as far as it is taken.</summary>
internal static class RequestBody
{
    /// <returns>Null when it is larger than any message may be.</returns>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request)
    {
        if (request.ContentLength > MessageSize.Max)
        {
            return null;
        }

        var reader = request.BodyReader;
        while (true)
        {
            var read = await reader.ReadAsync(request.HttpContext.RequestAborted).ConfigureAwait(false);
            if (read.Buffer.Length > MessageSize.Max)
            {
                reader.AdvanceTo(read.Buffer.End);
                return null;
            }

            if (read.IsCompleted)
            {
                var body = read.Buffer.ToArray();
                reader.AdvanceTo(read.Buffer.End);
                return body;
            }

            reader.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }
}
