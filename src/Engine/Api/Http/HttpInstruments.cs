using System.Diagnostics.Metrics;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Namespaces;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Http;

/// <summary>How many calls come over HTTP, under a Temporal server's name for it.</summary>
internal sealed class HttpInstruments(IMeterFactory meters, INamespaceDirectory namespaces)
{
    private readonly Counter<long> _requests = meters.Create(new MeterOptions("AugmentedOS.Engine.Api"))
        .CreateCounter<long>("http_service_requests", description: "Calls taken over HTTP.");

    /// <param name="method">Its full name: <c>/service/method</c>.</param>
    public void Called(string method, IMessage request)
    {
        if (!_requests.Enabled)
        {
            return;
        }

        var named = request.Descriptor.FindFieldByName("namespace")?.Accessor.GetValue(request) as string ?? "";
        _requests.Add(
            1,
            new("operation", method),
            new("namespace", namespaces.TryFind(named, out var known) ? known.Name : CallTags.UnknownNamespace));
    }
}
