using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Visibility;
using Temporalio.Api.WorkflowService.V1;

namespace AugmentedOS.Engine.Api.Visibility;

/// <summary>The built-in search attributes, for clients older than the operator service.</summary>
internal sealed class GetSearchAttributes : IRpc<GetSearchAttributesRequest, GetSearchAttributesResponse>
{
    public ValueTask<Answer<GetSearchAttributesResponse>> AnswerAsync(
        GetSearchAttributesRequest request, Call call) =>
        (Answer<GetSearchAttributesResponse>)SearchAttributeCatalog.Empty.ToGetResponse();
}
