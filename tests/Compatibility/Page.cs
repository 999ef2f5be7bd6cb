using System.Globalization;
using System.Text;
using Temporalio.Api.Enums.V1;

namespace AugmentedOS.Compatibility;

/// <summary>Writes docs/engine/compatibility.md.</summary>
internal sealed class Page(Judgement judgement, IReadOnlyList<Capability> capabilities)
{
    private readonly StringBuilder _text = new();

    public string Write()
    {
        _text.Append(Part("introduction.md"));
        WriteSummary();
        foreach (var service in Rpc.All.GroupBy(rpc => rpc.Room))
        {
            WriteTable($"RPCs of {service.Key}", "method", service.Select(rpc => (rpc.Name, judgement.Of(rpc))));
        }

        WriteTable("Commands of workflows", "command", Names<CommandType>().Select(name => (name, judgement.OfCommand(name))));
        WriteTable("Events of histories", "event", Names<EventType>().Select(name => (name, judgement.OfEvent(name))));
        WriteCapabilities();
        _text.Append('\n').Append(Part("differences.md"));
        _text.Append('\n').Append(Part("suites.md"));
        return _text.ToString();
    }

    private void WriteSummary()
    {
        _text.Append("\n| | complete | partial | not offered |\n| --- | --- | --- | --- |\n");
        foreach (var service in Rpc.All.GroupBy(rpc => rpc.Room))
        {
            WriteCounts($"RPCs of `{service.Key}`", service.Select(judgement.Of));
        }

        WriteCounts("commands", Names<CommandType>().Select(judgement.OfCommand));
        WriteCounts("events", Names<EventType>().Select(judgement.OfEvent));
    }

    private void WriteCounts(string what, IEnumerable<Verdict> verdicts)
    {
        var counts = verdicts.CountBy(verdict => verdict.Standing).ToDictionary();
        _text.Append(
            CultureInfo.InvariantCulture,
            $"| {what} | {Count(Standing.Complete)} | {Count(Standing.Partial)} | {Count(Standing.NotOffered)} |\n");

        int Count(Standing standing) => counts.GetValueOrDefault(standing);
    }

    private void WriteTable(string title, string what, IEnumerable<(string Name, Verdict Verdict)> rows)
    {
        _text.Append(CultureInfo.InvariantCulture, $"\n## {title}\n\n| {what} | |\n| --- | --- |\n");
        foreach (var (name, verdict) in rows)
        {
            _text.Append(CultureInfo.InvariantCulture, $"| {name} | {verdict} |\n");
        }
    }

    private void WriteCapabilities()
    {
        _text.Append("\n## Capabilities that clients are told\n\n| in | capability | |\n| --- | --- | --- |\n");
        foreach (var capability in capabilities)
        {
            var says = capability.IsOn ? "yes" : $"no: {Declared.Capabilities.GetValueOrDefault(capability.Name, "not built")}";
            _text.Append(CultureInfo.InvariantCulture, $"| {capability.Where} | {capability.Name} | {says} |\n");
        }
    }

    private static IEnumerable<string> Names<TEnum>()
        where TEnum : struct, Enum => Enum.GetNames<TEnum>().Where(name => name != "Unspecified");

    private static string Part(string name) => Repository.Read($"tests/Compatibility/Parts/{name}");
}
