using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>An RPC that a Temporal server refuses by default, whatever it is sent: so does this one, in its words.</summary>
internal sealed class AlwaysRefused<TRequest, TResponse>(Rejection rejection) : IRpc<TRequest, TResponse>
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    public ValueTask<Answer<TResponse>> AnswerAsync(TRequest request, Call call) => (Answer<TResponse>)rejection;
}
