using System.Diagnostics;
using System.Reflection;
using System.Runtime.CompilerServices;
using Temporalio.Worker.Interceptors;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Replay;

/// <summary>Notes what the code of one replay asks for, and from which line. It costs a stack trace each, so only
/// histories that could not be replayed are traced, in a second replay.</summary>
internal sealed partial class CommandTrace : IWorkerInterceptor
{
    private readonly List<IssuedCommand> _commands = [];

    public IReadOnlyList<IssuedCommand> Commands => _commands;

    /// <summary>The event with which the workflow task that code was last seen in had started.</summary>
    public long TaskStartedEventId { get; private set; }

    public WorkflowInboundInterceptor InterceptWorkflow(WorkflowInboundInterceptor nextInterceptor) =>
        new Inbound(this, nextInterceptor);

    private void Note(CommandKind kind, string name)
    {
        Look();
        _commands.Add(new IssuedCommand(kind, name, Here()));
    }

    // While a workflow task runs, history reaches to its start.
    private void Look() => TaskStartedEventId = Workflow.CurrentHistoryLength;

    private static SourcePlace? Here() => PlaceIn(new StackTrace(fNeedFileInfo: true));

    /// <summary>The innermost frame that is neither the framework's nor the SDK's.</summary>
    public static SourcePlace? PlaceIn(StackTrace trace)
    {
        var frames = trace.GetFrames().Where(frame => frame.GetMethod() is { } method && IsOfUsers(method)).ToList();
        var frame = frames.Find(frame => !IsOfLibrary(frame.GetMethod()!)) ?? frames.FirstOrDefault();
        return frame is null
            ? null
            : new SourcePlace(
                NameOf(frame.GetMethod()!),
                frame.GetFileName(),
                frame.GetFileName() is null ? null : frame.GetFileLineNumber());
    }

    private static bool IsOfUsers(MethodBase method)
    {
        var module = method.DeclaringType?.Assembly.GetName().Name ?? "";
        return !(method.DeclaringType?.FullName ?? "")
            .StartsWith(typeof(CommandTrace).FullName!, StringComparison.Ordinal)
            && !(module.StartsWith("System", StringComparison.Ordinal)
                || module.StartsWith("Temporalio", StringComparison.Ordinal));
    }

    private static bool IsOfLibrary(MethodBase method) =>
        method.DeclaringType?.Assembly == typeof(CommandTrace).Assembly;

    /// <summary>An async method is a type of its own, with the method's name in angle brackets.</summary>
    private static string NameOf(MethodBase method)
    {
        var type = method.DeclaringType!;
        if (typeof(IAsyncStateMachine).IsAssignableFrom(type) && type.DeclaringType is { } owner)
        {
            var end = type.Name.IndexOf('>', StringComparison.Ordinal);
            return $"{owner.Name}.{(end > 1 ? type.Name[1..end] : method.Name)}";
        }

        return $"{type.Name}.{method.Name}";
    }

    private sealed class Inbound(CommandTrace trace, WorkflowInboundInterceptor next) : WorkflowInboundInterceptor(next)
    {
        public override void Init(WorkflowOutboundInterceptor outbound) => base.Init(new Outbound(trace, outbound));

        public override async Task<object?> ExecuteWorkflowAsync(ExecuteWorkflowInput input)
        {
            var method = input.RunMethod;
            var run = new SourcePlace($"{method.DeclaringType!.Name}.{method.Name}", null, null);
            trace.Look();
            try
            {
                var result = await base.ExecuteWorkflowAsync(input);
                trace._commands.Add(new IssuedCommand(CommandKind.Complete, "", run));
                return result;
            }
            catch (Exception thrown) when (thrown is not ContinueAsNewException)
            {
                trace.Look();
                var place = PlaceIn(new StackTrace(thrown, fNeedFileInfo: true)) ?? run;
                trace._commands.Add(
                    new IssuedCommand(CommandKind.Fail, $"{thrown.GetType().Name}: {thrown.Message}", place));
                throw;
            }
        }

        public override async Task HandleSignalAsync(HandleSignalInput input)
        {
            trace.Look();
            try
            {
                await base.HandleSignalAsync(input);
            }
            finally
            {
                trace.Look();
            }
        }

        public override async Task<object?> HandleUpdateAsync(HandleUpdateInput input)
        {
            trace.Look();
            try
            {
                return await base.HandleUpdateAsync(input);
            }
            finally
            {
                trace.Look();
            }
        }
    }
}
