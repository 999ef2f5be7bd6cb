using AugmentedOS.Workflows.Errors;

namespace AugmentedOS.Workflows.Tests.Errors;

public sealed class RetryPresetsTests
{
    public static TheoryData<DependencyKind> Dependencies => [.. Enum.GetValues<DependencyKind>()];

    [Theory]
    [InlineData(DependencyKind.Database, 10, 300, 0.1, 5)]
    [InlineData(DependencyKind.InternalService, 30, 900, 0.5, 30)]
    [InlineData(DependencyKind.ExternalApi, 60, 86_400, 2, 300)]
    [InlineData(DependencyKind.PaymentProvider, 90, 21_600, 5, 600)]
    [InlineData(DependencyKind.Email, 60, 345_600, 60, 1_800)]
    [InlineData(DependencyKind.Human, 2_592_000, 2_592_000, 60, 3_600)]
    public void Preset_WhenItIsTaken_HasTheTimesOfItsDependency(
        DependencyKind kind, double attempt, double inAll, double first, double longest)
    {
        var options = RetryPresets.For(kind);

        Assert.Equal(TimeSpan.FromSeconds(attempt), options.StartToCloseTimeout);
        Assert.Equal(TimeSpan.FromSeconds(inAll), options.ScheduleToCloseTimeout);
        Assert.Equal(TimeSpan.FromSeconds(first), options.RetryPolicy!.InitialInterval);
        Assert.Equal(TimeSpan.FromSeconds(longest), options.RetryPolicy.MaximumInterval);
        Assert.Equal(0, options.RetryPolicy.MaximumAttempts);
        Assert.Equal(ErrorKinds.NonRetryableTypes, options.RetryPolicy.NonRetryableErrorTypes);
    }

    [Theory]
    [MemberData(nameof(Dependencies))]
    public void Preset_WhenItIsChanged_ChangesForOneCallOnly(DependencyKind kind)
    {
        var changed = RetryPresets.For(kind, options => options.RetryPolicy!.MaximumAttempts = 2);

        Assert.Equal(2, changed.RetryPolicy!.MaximumAttempts);
        Assert.Equal(0, RetryPresets.For(kind).RetryPolicy!.MaximumAttempts);
    }

    [Fact]
    public async Task Preset_WhenTheDependencyStaysDown_GivesUpAfterItsTime()
    {
        var attempts = 0;
        var failure = await DoScene.FailureAsync(
            new(attempt =>
            {
                attempts = attempt;
                return Fail.DependencyDown("down");
            }),
            new() { Preset = DependencyKind.PaymentProvider, MaximumAttempts = 0 });

        Assert.True(failure.Is(ErrorKind.DependencyDown));

        // 5 s, 10 s, … to 10 minutes, then every 10 minutes for the rest of six hours.
        Assert.Equal(42, attempts);
    }

    [Fact]
    public void Preset_WhenThereIsNone_IsRefused() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => RetryPresets.For((DependencyKind)99));
}
