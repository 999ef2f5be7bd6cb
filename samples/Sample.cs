namespace AugmentedOS.Samples;

/// <summary>A small program that shows one pattern.</summary>
/// <param name="Name">What it is called on the command line.</param>
/// <param name="Shows">What there is to see, in a few words.</param>
/// <param name="RunAsync">Runs it on an engine of its own and writes what happens.</param>
internal sealed record Sample(string Name, string Shows, Func<TextWriter, CancellationToken, Task> RunAsync);
