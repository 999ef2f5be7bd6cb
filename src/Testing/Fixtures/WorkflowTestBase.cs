using Temporalio.Worker;
using Xunit;

namespace AugmentedOS.Testing.Fixtures;

/// <summary>A class of tests for xunit v3 whose every test has a <see cref="WorkflowTest"/> of its own, started before
/// it and ended after it. A test that fails prints the histories of its workflows.</summary>
/// <example>
/// <code>
/// public sealed class OrderTests : WorkflowTestBase
/// {
///     protected override void AddTo(TemporalWorkerOptions worker) =&gt; worker.AddWorkflow&lt;OrderWorkflow&gt;();
///
///     [Fact]
///     public async Task Order_WhenItIsPaid_IsShipped() =&gt;
///         Assert.Equal("shipped", await Test.ExecuteWorkflowAsync(...));
/// }
/// </code>
/// </example>
public abstract class WorkflowTestBase : IAsyncLifetime
{
    private WorkflowTest? _test;

    /// <summary>The running test.</summary>
    /// <exception cref="WorkflowTestException">It has not begun: constructors come before it.</exception>
    protected WorkflowTest Test => _test ?? throw new WorkflowTestException(
        $"The test has not begun: {GetType().Name}'s constructor runs before it. Use Test in the tests themselves, or "
        + "after base.InitializeAsync().");

    /// <summary>How the tests run.</summary>
    protected virtual WorkflowTestOptions Options => new();

    /// <summary>Starts the test; xunit calls it.</summary>
    public virtual async ValueTask InitializeAsync() =>
        _test = await WorkflowTest.StartAsync(AddTo, Options).ConfigureAwait(false);

    /// <summary>Ends the test; xunit calls it.</summary>
    /// <exception cref="WorkflowTestException">A workflow task failed, or a history does not replay.</exception>
    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        if (_test is not { } test)
        {
            return;
        }

        _test = null;
        try
        {
            if (TestContext.Current is { TestState.Result: TestResult.Failed, TestOutputHelper: { } output })
            {
                await test.PrintHistoriesAsync(output.WriteLine).ConfigureAwait(false);
            }
        }
        finally
        {
            await test.DisposeAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Adds what is tested to the test's worker.</summary>
    protected abstract void AddTo(TemporalWorkerOptions worker);
}
