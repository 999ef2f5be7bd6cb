using System.CommandLine;
using System.IO.Enumeration;
using AugmentedOS.Workflows.Replay;

namespace AugmentedOS.Cli.Replay;

/// <summary>Which build the command line means.</summary>
internal sealed class BuildOptions
{
    private readonly Option<string> _assembly = new("--assembly", "-a")
    {
        Description = "The build: the .dll with the workflows, where it was built or published",
        HelpName = "FILE",
        Required = true,
    };

    private readonly Option<string[]> _classes = new("--class")
    {
        Description = "Only these classes, by full name; * stands for anything; may be given again",
        HelpName = "PATTERN",
    };

    public void AddTo(Command command)
    {
        command.Options.Add(_assembly);
        command.Options.Add(_classes);
    }

    /// <exception cref="ReplayException">There is no such build.</exception>
    public WorkflowBuild Load(ParseResult parsed)
    {
        var patterns = parsed.GetValue(_classes) ?? [];
        return WorkflowBuild.Load(
            parsed.GetRequiredValue(_assembly),
            patterns.Length == 0
                ? null
                : type => patterns.Any(pattern => FileSystemName.MatchesSimpleExpression(pattern, type.FullName)));
    }
}
