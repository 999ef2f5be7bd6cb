using System.Diagnostics.CodeAnalysis;

namespace AugmentedOS.Engine.Api.Binding;

/// <summary>What an RPC comes to: a response or a refusal.</summary>
internal readonly struct Answer<TResponse>
    where TResponse : class
{
    private Answer(TResponse? response, Rejection? rejection)
    {
        Response = response;
        Rejection = rejection;
    }

    public TResponse? Response { get; }

    public Rejection? Rejection { get; }

    [MemberNotNullWhen(true, nameof(Rejection))]
    [MemberNotNullWhen(false, nameof(Response))]
    public bool IsRejected => Rejection is not null;

    public static implicit operator Answer<TResponse>(TResponse response) => new(response, null);

    public static implicit operator Answer<TResponse>(Rejection rejection) => new(null, rejection);

    public static implicit operator ValueTask<Answer<TResponse>>(Answer<TResponse> answer) => new(answer);
}
