using System.Threading.Channels;
using AugmentedOS.Workflows.Callbacks;
using Temporalio.Activities;

namespace AugmentedOS.Samples.Callbacks;

/// <summary>What the bureau replies.</summary>
internal sealed record Verdict(int Score);

/// <summary>Asks a bureau that answers days later. The channel stands for the bureau's own API.</summary>
internal sealed class CreditBureau(CallbackTokens tokens)
{
    private readonly Channel<string> _asked = Channel.CreateUnbounded<string>();

    [Activity]
    public async Task AskAsync(CallbackRequest request, string customer)
    {
        // The token goes out with the question. It is the same for each attempt: a bureau that is asked twice replies
        // twice at worst.
        var callback = $"callbacks/{tokens.Issue(request)}";
        await _asked.Writer.WriteAsync(callback, ActivityExecutionContext.Current.CancellationToken);
    }

    /// <summary>The bureau's side: where it is to send its reply.</summary>
    public ValueTask<string> NextQuestionAsync(CancellationToken cancellationToken) =>
        _asked.Reader.ReadAsync(cancellationToken);
}
