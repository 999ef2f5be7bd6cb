using AugmentedOS.Engine.TaskQueues;

namespace AugmentedOS.Engine.Tests.TaskQueues;

/// <summary>The published vectors of the algorithm, one or more for each of its four forms.</summary>
public sealed class FarmFingerprintTests
{
    [Theory]
    [InlineData("", 0xdc56d17a)]
    [InlineData("a", 0x3c973d4d)]
    [InlineData("abcd", 0x98b51e95)]
    [InlineData("abcde", 0xa3f366ac)]
    [InlineData("0123456789-0", 0xf8cc7928)]
    [InlineData("0123456789~01", 0x0d92cafb)]
    [InlineData("0123456789%0123456789£", 0x1723dd7a)]
    [InlineData("size:  a.out:  bad magic", 0xc6246b8d)]
    [InlineData("Nepal premier won't resign.", 0x322984d9)]
    [InlineData("Discard medicine more than two years old.", 0xe273108f)]
    [InlineData("For every action there is an equal and opposite government program.", 0xa5812ac8)]
    public void Of_WhenTheVectorIsPublished_IsIt(string text, uint expected) =>
        Assert.Equal(expected, FarmFingerprint.Of(text));

    [Fact]
    public void Of_WhenTheTextIsVeryLong_IsTheSameAsOfItsBytes()
    {
        var text = string.Concat(Enumerable.Repeat("workflow-é-", 200));

        Assert.Equal(FarmFingerprint.Of(System.Text.Encoding.UTF8.GetBytes(text)), FarmFingerprint.Of(text));
    }

    [Fact]
    public void Ramps_WhenThePercentageGrows_KeepsWhoWasIn()
    {
        var ids = Enumerable.Range(0, 10_000).Select(number => $"order-{number}").ToList();
        var ramping = new DeploymentVersion("d", "2");
        var at = (float percent) => new QueueRouting(null, ramping, percent, new HashSet<DeploymentVersion>());

        var ten = ids.Where(id => at(10).Ramps(id, usesRamping: false)).ToList();
        var thirty = ids.Where(id => at(30).Ramps(id, usesRamping: false)).ToHashSet();

        Assert.InRange(ten.Count, 900, 1100);
        Assert.InRange(thirty.Count, 2850, 3150);
        Assert.All(ten, id => Assert.Contains(id, thirty));
        Assert.All(ids, id => Assert.True(at(100).Ramps(id, usesRamping: false)));
        Assert.DoesNotContain(ids, id => at(0).Ramps(id, usesRamping: false));
        Assert.All(ids, id => Assert.True(at(0).Ramps(id, usesRamping: true)));
    }
}
