namespace AugmentedOS.Architecture.Tests;

/// <summary>Fails with every offender at once, one a line, under the rule that they break.</summary>
internal static class Report
{
    public static void None(string rule, IEnumerable<string> offenders)
    {
        var found = offenders.ToList();
        if (found.Count > 0)
        {
            Assert.Fail(rule + string.Concat(found.Select(offender => "\n  " + offender)));
        }
    }
}
