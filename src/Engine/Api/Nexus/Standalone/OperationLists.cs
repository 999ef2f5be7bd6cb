using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Api.Visibility;
using AugmentedOS.Engine.Visibility;
using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Nexus.Standalone;

/// <summary>Lists and counts operations that no workflow called.</summary>
internal sealed class OperationLists(OperationAccess access, SpaceLists lists)
{
    public Answer<VisibilityPage> List(string ns, string query, int pageSize, ByteString token) =>
        access.Enter(ns, out var entered) is { } refusal ? refusal : lists.List(entered, query, pageSize, token);

    public Answer<VisibilityCount> Count(string ns, string query) =>
        access.Enter(ns, out var entered) is { } refusal ? refusal : lists.Count(entered, query);
}
