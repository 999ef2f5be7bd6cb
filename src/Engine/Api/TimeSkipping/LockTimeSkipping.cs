using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Clocks;
using Temporalio.Api.TestService.V1;

namespace AugmentedOS.Engine.Api.TimeSkipping;

/// <summary>Adds a lock: while there are any, time runs at its own pace.</summary>
internal sealed class LockTimeSkipping(SkippingClock clock) : IRpc<LockTimeSkippingRequest, LockTimeSkippingResponse>
{
    public ValueTask<Answer<LockTimeSkippingResponse>> AnswerAsync(LockTimeSkippingRequest request, Call call)
    {
        clock.Lock();
        return (Answer<LockTimeSkippingResponse>)new LockTimeSkippingResponse();
    }
}
