using AugmentedOS.Engine.Executions;
using AugmentedOS.Engine.Executions.Starting;
using AugmentedOS.Engine.Tests.Executions.Kit;
using Temporalio.Api.Common.V1;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.WorkflowService.V1;
using static AugmentedOS.Engine.Tests.Executions.Starting.Starts;

namespace AugmentedOS.Engine.Tests.Executions.Starting;

public sealed class SignalWithStartValidationTests
{
    private static readonly string Long = new('x', 1001);

    private static readonly (Action<SignalWithStartWorkflowExecutionRequest> Break, string Text)[] Rows =
    [
        (r => r.WorkflowId = "", "WorkflowId is not set on request."),
        (r => r.SignalName = "", "SignalName is not set on request."),
        (r => r.SignalName = Long, "signal name exceeds maximum allowed length (1001/1000)"),
        (r => r.WorkflowIdConflictPolicy = WorkflowIdConflictPolicy.Fail,
            "Invalid WorkflowIDConflictPolicy: WORKFLOW_ID_CONFLICT_POLICY_FAIL is not supported for this operation."),
        (r => r.WorkflowType = new WorkflowType(), "WorkflowType is not set on request."),
        (r => r.TaskQueue = null, "taskQueue is not set"),
        (r => r.CronSchedule = "nonsense", "invalid CronSchedule."),
        (r => r.SignalInput = Data(3 * 1024 * 1024), "Blob data size exceeds limit."),
    ];

    public static TheoryData<int> AllRows => [.. Enumerable.Range(0, Rows.Length)];

    [Theory]
    [MemberData(nameof(AllRows))]
    public void Check_WhenAFieldIsBad_RefusesWithItsText(int row) =>
        Assert.Equal(Rejection.InvalidArgument(Rows[row].Text), Check(SignalRequest(Rows[row].Break)));

    [Fact]
    public void Check_WhenAllIsWell_Passes() => Assert.Null(Check(SignalRequest()));

    [Fact]
    public void SignalCheck_WhenAFieldIsBad_RefusesWithItsText()
    {
        Assert.Equal("SignalName is not set on request.", Signal(_ => { }));
        Assert.Equal("SignalName length exceeds limit.", Signal(r => r.SignalName = Long));
        Assert.Equal("Blob data size exceeds limit.", Signal(r =>
        {
            r.SignalName = "signal";
            r.Input = Data(3 * 1024 * 1024);
        }));
        Assert.Null(Signal(r => r.SignalName = "signal"));
    }

    private static Rejection? Check(SignalWithStartWorkflowExecutionRequest request) =>
        StartValidation.Check(request, FixedNamespaces.Default, EngineLimits.Default, Scenario.Start);

    private static string? Signal(Action<SignalWorkflowExecutionRequest> set)
    {
        var request = new SignalWorkflowExecutionRequest();
        set(request);
        return SignalValidation.Check(request, EngineLimits.Default)?.Message;
    }
}
