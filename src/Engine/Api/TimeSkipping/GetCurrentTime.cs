using AugmentedOS.Engine.Api.Binding;
using AugmentedOS.Engine.Clocks;
using Google.Protobuf.WellKnownTypes;
using Temporalio.Api.TestService.V1;

namespace AugmentedOS.Engine.Api.TimeSkipping;

/// <summary>The engine's time, skips included.</summary>
internal sealed class GetCurrentTime(SkippingClock clock) : IRpc<Empty, GetCurrentTimeResponse>
{
    public ValueTask<Answer<GetCurrentTimeResponse>> AnswerAsync(Empty request, Call call) =>
        (Answer<GetCurrentTimeResponse>)new GetCurrentTimeResponse { Time = Timestamp.FromDateTimeOffset(clock.GetUtcNow()) };
}
