using AugmentedOS.Workflows.Replay;

namespace AugmentedOS.Workflows.Tests.Replay;

/// <summary>What is read from the SDK's words. The words are those of Temporalio 1.21.</summary>
public sealed class MismatchMessageTests
{
    [Theory]
    [InlineData("Timer machine does not handle this event: HistoryEvent(id: 5, ActivityTaskScheduled)", 5L, "Timer")]
    [InlineData("Activity machine does not handle this event: HistoryEvent(id: 11, TimerStarted)", 11L, "Activity")]
    [InlineData(
        "Local activity machine cannot handle this event: HistoryEvent(id: 7, TimerStarted)", 7L, "LocalActivity")]
    [InlineData(
        "Complete workflow machine does not handle this event: HistoryEvent(id: 9, TimerStarted)", 9L, "Complete")]
    [InlineData("Fail workflow machine does not handle this event: HistoryEvent(id: 9, TimerStarted)", 9L, "Fail")]
    [InlineData(
        "Continue as new workflow machine does not handle this event: HistoryEvent(id: 5, TimerStarted)", 5L,
        "ContinueAsNew")]
    [InlineData(
        "Cancel external WF machine does not handle this event: HistoryEvent(id: 5, TimerStarted)", 5L,
        "CancelExternal")]
    [InlineData(
        "Signal external WF machine does not handle this event: HistoryEvent(id: 5, TimerStarted)", 5L,
        "SignalExternal")]
    [InlineData(
        "Child workflow machine does not handle this event: HistoryEvent { event_id: 6, event_type: 17 }", 6L,
        "ChildWorkflow")]
    [InlineData(
        "Nexus operation machine does not handle this event: HistoryEvent { event_id: 6, x: 17 }", 6L,
        "NexusOperation")]
    [InlineData(
        "UpsertWorkflowSearchAttributesMachine does not handle HistoryEvent(id: 6, TimerStarted)", 6L,
        "UpsertSearchAttributes")]
    [InlineData("No command scheduled for event HistoryEvent(id: 5, ActivityTaskScheduled)", 5L, null)]
    public void Message_WhenItNamesAnEvent_TellsItAndWhatTheCodeDid(string words, long id, string? kind)
    {
        var read = MismatchMessage.Read($"Nondeterminism: [TMPRL1100] Nondeterminism error: {words}");

        Assert.Equal((id, kind), (read.EventId, read.Kind?.ToString()));
    }

    [Theory]
    [InlineData(
        "Activity type of scheduled event 'A' does not match activity type of activity command 'B'",
        "Activity", "A", "B")]
    [InlineData(
        "Activity id of scheduled event '1' does not match activity id of activity command '2'", "Activity", "1", "2")]
    [InlineData(
        "Child workflow type of scheduled event 'A' does not match child workflow type of command 'B'",
        "ChildWorkflow", "A", "B")]
    [InlineData(
        "Activity type of recorded marker 'A' does not match activity type of local activity command 'B'",
        "LocalActivity",
        "A",
        "B")]
    [InlineData("Change id old does not match expected id new", "Patch", "old", "new")]
    public void Message_WhenItNamesBothSides_TellsThem(string words, string kind, string expected, string produced)
    {
        var read = MismatchMessage.Read($"Nondeterminism: [TMPRL1100] Nondeterminism error: {words}");

        Assert.Equal((kind, expected, produced), (read.Kind?.ToString(), read.Expected, read.Produced));
        Assert.Null(read.EventId);
    }

    [Fact]
    public void Message_WhenAPatchIsMissing_NamesIt()
    {
        var read = MismatchMessage.Read(
            "Nondeterminism: [TMPRL1100] Nondeterminism error: Non-deprecated patch marker encountered for change "
            + "checks fraud, but there is no corresponding change command!");

        Assert.True(read.IsMissingPatch);
        Assert.Equal("checks fraud", read.Expected);
    }

    [Fact]
    public void Message_WhenItsWordsAreUnknown_TellsNothing() => Assert.Equal(
        new MismatchMessage(null, null, null, null), MismatchMessage.Read("something that a later SDK says"));
}
