namespace AugmentedOS.Compatibility;

/// <summary>Brings together what is declared and what the tests showed.</summary>
internal sealed class Judgement(Evidence evidence, IReadOnlySet<string> unimplemented)
{
    private const string NotBuilt = "not built";
    private const string Unproven = "built; no test of a whole run exercises it with a running engine";
    private readonly List<string> _complaints = [];

    /// <summary>What is claimed without a test that showed it, and what is declared against what the tests showed.
    /// </summary>
    public IReadOnlyList<string> Complaints => _complaints;

    public Verdict Of(Rpc rpc)
    {
        if (unimplemented.Contains(rpc.Path))
        {
            return Declared.Rpcs.TryGetValue(rpc.Name, out var known) ? known : Verdict.NotOffered(NotBuilt);
        }

        return Weigh(rpc.Name, Declared.Rpcs, evidence.Answered(rpc), "no test got an answer from it");
    }

    public Verdict OfCommand(string type) =>
        Weigh(type, Declared.Commands, evidence.CarriedOut(type), "no test had it carried out");

    public Verdict OfEvent(string type) => Weigh(type, Declared.Events, evidence.Wrote(type), "no test had it written");

    private Verdict Weigh(string name, IReadOnlyDictionary<string, Verdict> declared, bool isShown, string otherwise)
    {
        if (Declared.Unproven.Contains(name))
        {
            if (isShown)
            {
                _complaints.Add($"{name} is declared as unproven, and a test got it: take its line out.");
            }

            return Verdict.Partial(Unproven);
        }

        var verdict = declared.TryGetValue(name, out var known) ? known : Verdict.Complete;
        if (verdict.Standing == Standing.NotOffered && isShown)
        {
            _complaints.Add($"{name} is declared as not offered, and a test got it: take its line out.");
        }
        else if (verdict.Standing != Standing.NotOffered && !isShown)
        {
            _complaints.Add($"{name} is claimed, and {otherwise}: write that test, or declare why it is not complete, or that it is unproven.");
        }

        return verdict;
    }
}
