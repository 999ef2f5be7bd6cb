using System.Text;
using AugmentedOS.Workflows.Versioning;

namespace AugmentedOS.Cli.Replay;

/// <summary>What is open on patches, for people.</summary>
internal static class PatchesText
{
    public static string Of(string build, IReadOnlyList<PatchUsage> usages)
    {
        var text = new StringBuilder();
        if (usages.Count == 0)
        {
            text.AppendLine($"{build} declares no patch. Patches are found by their declaration as a WorkflowPatch.");
        }

        foreach (var usage in usages)
        {
            text.AppendLine($"{usage.Patch.Id}: {usage.State} ({usage.Patch.What}; "
                + $"{string.Join(", ", usage.Patch.WorkflowTypes)})");
            text.AppendLine(
                $"  open     {usage.OpenBefore} from before it, {usage.OpenOn} with it, {usage.OpenDeprecated} of "
                + "them deprecated");
            text.AppendLine($"  closed   {usage.ClosedBefore} from before it, {usage.ClosedOn} with it");
            if (usage.Examples.Count > 0)
            {
                text.AppendLine($"  such as  {string.Join(", ", usage.Examples.Select(run => run.WorkflowId))}");
            }

            text.AppendLine($"  {usage.Advice}");
        }

        return text.ToString();
    }
}
