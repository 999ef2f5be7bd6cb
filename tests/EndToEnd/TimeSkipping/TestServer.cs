using AugmentedOS.EndToEnd.Processes;
using Temporalio.Testing;

namespace AugmentedOS.EndToEnd.TimeSkipping;

/// <summary>Our executable as the SDK's time-skipping test server. Its tests follow one another: they share its time.
/// </summary>
public sealed class TestServer : IAsyncLifetime
{
    public WorkflowEnvironment Environment { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Environment = await OurExecutable.StartTimeSkippingAsync();

    public ValueTask DisposeAsync() => Environment.DisposeAsync();
}
