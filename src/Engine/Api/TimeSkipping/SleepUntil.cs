using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Clocks;
using Temporalio.Api.TestService.V1;

namespace AugmentedOS.Engine.Api.TimeSkipping;

/// <summary>Answers when the engine's time has come that far; at once when it has passed.</summary>
internal sealed class SleepUntil(SkippingClock clock) : IRpc<SleepUntilRequest, SleepResponse>
{
    public async ValueTask<Answer<SleepResponse>> AnswerAsync(SleepUntilRequest request, Call call)
    {
        if (request.Timestamp is null)
        {
            return Rejection.InvalidArgument("Timestamp is not set on request.");
        }

        var until = Instant.From(request.Timestamp);
        await clock
            .SleepAsync(until - Instant.From(clock.GetUtcNow()), call.Cancelled)
            .ConfigureAwait(false);
        return new SleepResponse();
    }
}
