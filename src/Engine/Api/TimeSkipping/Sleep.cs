using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Clocks;
using Temporalio.Api.TestService.V1;

namespace AugmentedOS.Engine.Api.TimeSkipping;

/// <summary>Answers when this much of the engine's time has passed. It neither locks nor unlocks.</summary>
internal sealed class Sleep(SkippingClock clock) : IRpc<SleepRequest, SleepResponse>
{
    public async ValueTask<Answer<SleepResponse>> AnswerAsync(SleepRequest request, Call call)
    {
        if (ClockAnswers.Check(request) is { } refusal)
        {
            return refusal;
        }

        await clock.SleepAsync(request.Duration.OrZero(), call.Cancelled).ConfigureAwait(false);
        return new SleepResponse();
    }
}
