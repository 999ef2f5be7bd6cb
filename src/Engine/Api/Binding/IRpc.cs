using Google.Protobuf;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>One RPC: validates, resolves, submits, translates. Holds no state, and is called concurrently.</summary>
internal interface IRpc<TRequest, TResponse>
    where TRequest : class, IMessage<TRequest>, new()
    where TResponse : class, IMessage<TResponse>, new()
{
    /// <summary>Answers a call. A refusal is a value; an exception means that the machine failed or that we did.</summary>
    ValueTask<Answer<TResponse>> AnswerAsync(TRequest request, Call call);
}
