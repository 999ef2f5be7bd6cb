using AugmentedOS.Workflows.Polling;
using Temporalio.Activities;

namespace AugmentedOS.Samples.Polling;

/// <summary>Three systems that call nobody back: a card terminal, a bank and a parcel service.</summary>
internal sealed class Systems
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(20);

    private int _cardQuestions;
    private int _parcelQuestions;

    // Loops: the customer is looking for the card.
    [Activity]
    public Task<string> WaitForCardAsync() => Poll.UntilReadyAsync(
        _ => Task.FromResult(++_cardQuestions < 3
            ? PollAnswer.NotYet<string>()
            : PollAnswer.Ready($"card accepted at question {_cardQuestions}")),
        Interval);

    // Fails until it is ready.
    [Activity]
    public string Receipt(string payment) => ActivityExecutionContext.Current.Info.Attempt is var attempt && attempt >= 4
        ? $"{payment} cleared at attempt {attempt}"
        : throw Poll.NotYet($"the receipt of {payment}");

    // Asks once.
    [Activity]
    public PollAnswer<string> Parcel(string deliveredTo) => ++_parcelQuestions < 5 || deliveredTo != "a neighbour"
        ? PollAnswer.NotYet<string>()
        : PollAnswer.Ready($"parcel delivered to {deliveredTo} at question {_parcelQuestions}");
}
