using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Clocks;
using Temporalio.Api.TestService.V1;

namespace AugmentedOS.Engine.Api.TimeSkipping;

/// <summary>Takes a lock away while it sleeps, and puts it back.</summary>
internal sealed class UnlockTimeSkippingWithSleep(SkippingClock clock) : IRpc<SleepRequest, SleepResponse>
{
    public async ValueTask<Answer<SleepResponse>> AnswerAsync(SleepRequest request, Call call)
    {
        if (ClockAnswers.Check(request) is { } refusal)
        {
            return refusal;
        }

        return await clock.TrySleepUnlockedAsync(request.Duration.OrZero(), call.Cancelled).ConfigureAwait(false)
            ? new SleepResponse()
            : ClockAnswers.Unbalanced;
    }
}
