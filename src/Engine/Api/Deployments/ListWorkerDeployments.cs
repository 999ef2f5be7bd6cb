using System.Buffers.Binary;
using System.Text;
using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Deployments;
using AugmentedOS.Engine.Executions;
using Google.Protobuf;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Deployments;

/// <summary>The deployments of a namespace, the latest first.</summary>
internal sealed class ListWorkerDeployments(DeploymentAccess deployments, EngineLimits limits)
    : IRpc<ListWorkerDeploymentsRequest, ListWorkerDeploymentsResponse>
{
    private const int TimeBytes = 8;

    public ValueTask<Answer<ListWorkerDeploymentsResponse>> AnswerAsync(
        ListWorkerDeploymentsRequest request, Call call) => List(request);

    private Answer<ListWorkerDeploymentsResponse> List(ListWorkerDeploymentsRequest request)
    {
        if (deployments.Enter(request.Namespace, out var ns) is { } refusal)
        {
            return refusal;
        }

        if (!TryRead(request.NextPageToken, out var after))
        {
            return Rejection.InvalidArgument("invalid next_page_token");
        }

        var most = limits.VisibilityPageSize;
        var size = request.PageSize <= 0 || request.PageSize > most ? most : request.PageSize;
        var left = deployments.Directory.Of(ns)
            .Select(deployment => (Place: new Place(deployment.CreatedAt.Ticks, deployment.Name), Deployment: deployment))
            .Where(known => after is not { } place || known.Place.CompareTo(place) > 0)
            .OrderBy(known => known.Place)
            .ToList();
        var response = new ListWorkerDeploymentsResponse();
        response.WorkerDeployments.AddRange(
            left.Take(size).Select(known => DeploymentDescriptions.List(known.Deployment)));
        if (left.Count > size)
        {
            response.NextPageToken = left[size - 1].Place.ToToken();
        }

        return response;
    }

    private static bool TryRead(ByteString token, out Place? place)
    {
        place = token.Length > TimeBytes
            ? new Place(
                BinaryPrimitives.ReadInt64BigEndian(token.Span), Encoding.UTF8.GetString(token.Span[TimeBytes..]))
            : null;
        return token.IsEmpty || place is not null;
    }

    /// <summary>Where a deployment stands in the list.</summary>
    private readonly record struct Place(long CreatedAt, string Name) : IComparable<Place>
    {
        public int CompareTo(Place other) => CreatedAt != other.CreatedAt
            ? other.CreatedAt.CompareTo(CreatedAt)
            : string.CompareOrdinal(Name, other.Name);

        public ByteString ToToken()
        {
            var time = new byte[TimeBytes];
            BinaryPrimitives.WriteInt64BigEndian(time, CreatedAt);
            return ByteString.CopyFrom([.. time, .. Encoding.UTF8.GetBytes(Name)]);
        }
    }
}
