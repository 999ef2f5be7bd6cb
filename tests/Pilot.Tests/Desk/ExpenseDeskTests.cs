using AugmentedOS.Pilot.Desk;

namespace AugmentedOS.Pilot.Tests.Desk;

public sealed class ExpenseDeskTests : IDisposable
{
    private static readonly Message Outcome = new(MessageKind.Outcome, "Anna Berger", "It was booked.");

    private readonly TemporaryFolder _folder = new();
    private readonly ExpenseDesk _desk;

    public ExpenseDeskTests()
    {
        _desk = new ExpenseDesk(_folder.File("desk.db"));
        _desk.Open("f", "bon.pdf", [new ClaimRecord("f/1", "bon.pdf", null, "Cafe", ClaimStage.Extracted)]);
    }

    public void Dispose()
    {
        _desk.Dispose();
        _folder.Dispose();
    }

    [Fact]
    public void Purchase_WhenClaimedFirst_BelongsToThatClaimHoweverOftenItAsks()
    {
        Assert.Null(_desk.FindEarlier("print", "f/1", "bon.pdf"));
        Assert.Null(_desk.FindEarlier("print", "f/1", "bon.pdf"));
        Assert.Equal("bon.pdf", _desk.FindEarlier("print", "g/1", "mail.eml"));
    }

    [Fact]
    public void Purchase_WhenManyClaimItAtOnce_HasOneOwner()
    {
        var owners = 0;

        Parallel.For(0, 30, index =>
        {
            if (_desk.FindEarlier("print", $"claim {index}", "x") is null)
            {
                Interlocked.Increment(ref owners);
            }
        });

        Assert.Equal(1, owners);
    }

    [Fact]
    public void File_WhenReadAgainAfterAnInterruption_HasOnlyTheClaimsOfTheLastReading()
    {
        _desk.Open("f", "bon.pdf", [new ClaimRecord("f/rejected-1", "bon.pdf", null, "—", ClaimStage.Extracted)]);

        Assert.Equal(["f/rejected-1"], _desk.Claims().Select(claim => claim.Id));
    }

    [Fact]
    public void File_WhenReadAgainAfterAClaimWasSettled_KeepsThatClaim()
    {
        _desk.Move("f/1", ClaimStage.Posted, Outcome, 12_40, "Posting 1.");

        _desk.Open("f", "bon.pdf", [new ClaimRecord("f/1", "bon.pdf", null, "Cafe", ClaimStage.Extracted)]);

        Assert.Equal(ClaimStage.Posted, Assert.Single(_desk.Claims()).Stage);
    }

    [Fact]
    public void Claim_WhenSettled_IsNotMovedByAStepThatComesLate()
    {
        _desk.Move("f/1", ClaimStage.Posted, Outcome, 12_40, "Posting 1.");

        _desk.Move("f/1", ClaimStage.Waiting, new Message(MessageKind.Reminder, "lead", "Please decide."));

        Assert.Equal((ClaimStage.Posted, 12_40L), (_desk.Claims()[0].Stage, _desk.Claims()[0].Cents));
    }

    [Fact]
    public void Message_WhenSentAgain_GoesOutOnce()
    {
        _desk.Move("f/1", ClaimStage.Posted, Outcome);
        _desk.Move("f/1", ClaimStage.Posted, Outcome);

        Assert.Equal([Outcome], _desk.MessagesAbout("f/1"));
    }

    [Fact]
    public void File_WhenReadAgain_ChangesNothing()
    {
        _desk.Move("f/1", ClaimStage.Posted, Outcome);

        _desk.Open("f", "bon.pdf", [new ClaimRecord("f/1", "bon.pdf", null, "Cafe", ClaimStage.Extracted)]);

        Assert.Equal(1, _desk.Counts().Files);
        Assert.Equal(1, _desk.Counts().At(ClaimStage.Posted));
    }
}
