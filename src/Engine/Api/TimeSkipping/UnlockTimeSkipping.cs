using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Clocks;
using Temporalio.Api.TestService.V1;

namespace AugmentedOS.Engine.Api.TimeSkipping;

/// <summary>Takes a lock away. Refused when there is none.</summary>
internal sealed class UnlockTimeSkipping(SkippingClock clock)
    : IRpc<UnlockTimeSkippingRequest, UnlockTimeSkippingResponse>
{
    public ValueTask<Answer<UnlockTimeSkippingResponse>> AnswerAsync(UnlockTimeSkippingRequest request, Call call) =>
        clock.TryUnlock()
            ? (Answer<UnlockTimeSkippingResponse>)new UnlockTimeSkippingResponse()
            : (Answer<UnlockTimeSkippingResponse>)ClockAnswers.Unbalanced;
}
