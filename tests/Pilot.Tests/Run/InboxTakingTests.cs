using AugmentedOS.Pilot.Run;
using AugmentedOS.Pilot.Workflows;

namespace AugmentedOS.Pilot.Tests.Run;

public sealed class InboxTakingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly InboxFolder _inbox;
    private readonly CompleteFiles _files;

    public InboxTakingTests()
    {
        _inbox = new InboxFolder(_folder.Path, Pace.ForScript);
        _files = new CompleteFiles(_inbox);
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void File_WhenItStillGrows_IsNotTaken()
    {
        Write("a.pdf", "half");
        Assert.Empty(_files.Look());

        Write("a.pdf", "half and more");
        Assert.Empty(_files.Look());

        Assert.Equal("a.pdf", Assert.Single(_files.Look()).Name);
    }

    [Fact]
    public void File_WhenTaken_IsNotTakenAgainUntilItChanges()
    {
        Write("a.pdf", "one");
        _files.Look();
        _files.MarkTaken(Assert.Single(_files.Look()));
        Assert.Empty(_files.Look());

        Write("a.pdf", "another");
        _files.Look();

        Assert.Single(_files.Look());
    }

    [Fact]
    public void Folder_WhenListed_LeavesHiddenFilesOut()
    {
        Write(".DS_Store", "x");
        Write("b.pdf", "x");
        Write("a.pdf", "x");

        Assert.Equal(["a.pdf", "b.pdf"], _inbox.Files().Select(file => file.Name));
    }

    [Fact]
    public void Review_WhenNameOrContentDiffers_HasAnotherId()
    {
        Write("a.pdf", "same");
        Write("b.pdf", "same");
        Write("c.pdf", "other");

        Assert.Equal(3, _inbox.Files().Select(file => _inbox.Receive(file).WorkflowId).Distinct().Count());
    }

    private void Write(string name, string text) => File.WriteAllText(_folder.File(name), text);
}
