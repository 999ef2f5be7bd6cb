using System.Security.Cryptography;
using System.Text;
using AugmentedOS.Pilot.Policy;

namespace AugmentedOS.Pilot.Ledger;

/// <summary>
/// The way to the ledger, with the faults that a way has: the service is busy for a while, or it books and its answer
/// gets lost. Which postings are hit follows from their keys, so that every run meets the same faults.
/// </summary>
internal sealed class LedgerConnection(LedgerService ledger, LedgerFaultRules faults)
{
    /// <summary>What it is called where it is protected from too many calls in vain.</summary>
    public const string Name = "ledger";

    /// <param name="posting">What to book.</param>
    /// <param name="attempt">Counted from one.</param>
    /// <exception cref="LedgerUnavailableException">No answer; the posting may or may not be booked.</exception>
    public PostingAnswer Post(Posting posting, int attempt)
    {
        if (IsHit(posting.Key, "busy", faults.BusyForOneIn) && attempt <= faults.BusyAttempts)
        {
            throw new LedgerUnavailableException("The ledger is busy.");
        }

        var answer = ledger.Post(posting);
        return IsHit(posting.Key, "lost", faults.AnswerLostForOneIn) && attempt == 1
            ? throw new LedgerUnavailableException("The connection broke before the ledger's answer arrived.")
            : answer;
    }

    private static bool IsHit(string key, string fault, int oneIn) =>
        oneIn > 0 && SHA256.HashData(Encoding.UTF8.GetBytes(fault + key))[0] % oneIn == 0;
}

/// <summary>The ledger did not answer. Asking again with the same key is safe.</summary>
internal sealed class LedgerUnavailableException(string message) : Exception(message);
