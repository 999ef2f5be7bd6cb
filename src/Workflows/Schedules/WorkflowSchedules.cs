using System.Linq.Expressions;
using System.Reflection;
using AugmentedOS.Workflows.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Temporalio.Client.Schedules;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Schedules;

/// <summary>Declares schedules: when the host starts they are created, updated where they differ, left alone where they
/// do not, and removed when they are no longer declared.</summary>
/// <remarks>
/// <para>A schedule carries its owner in a memo (<c>Workflows:Owner</c>, or the application's name), and nobody else's
/// is ever touched. Two applications must not share an owner: each would remove what the other declares.</para>
/// <para>The last process to start decides; in a rolling deployment that is the new version, until an instance of the
/// old one restarts.</para>
/// </remarks>
public static class WorkflowSchedules
{
    /// <summary>Declares a schedule of a workflow whose run method can be called without arguments.</summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <param name="id">The schedule's id, unique in the namespace.</param>
    /// <param name="spec">When.</param>
    /// <exception cref="WorkflowsConfigurationException">It could never start anything, or the id is taken.</exception>
    public static WorkflowsBuilder AddSchedule<TWorkflow>(
        this WorkflowsBuilder builder, string id, ScheduleSpec spec, Action<WorkflowScheduleOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        var definition = DefinitionOf(typeof(TWorkflow), id);
        if (definition.RunMethod.GetParameters().Any(parameter => !parameter.HasDefaultValue))
        {
            throw new WorkflowsConfigurationException(
                $"The schedule '{id}' starts {typeof(TWorkflow).Name}, whose run method has parameters: give the call "
                + $"as well, AddSchedule<{typeof(TWorkflow).Name}>(id, spec, workflow => "
                + $"workflow.{definition.RunMethod.Name}(...)).");
        }

        return builder.Add(id, spec, definition, [], configure);
    }

    /// <summary>Declares a schedule of a workflow with the arguments of a call.</summary>
    /// <typeparam name="TWorkflow">The workflow.</typeparam>
    /// <param name="id">The schedule's id, unique in the namespace.</param>
    /// <param name="spec">When.</param>
    /// <param name="run">A call of the workflow's run method; its arguments are evaluated once, now.</param>
    /// <exception cref="WorkflowsConfigurationException">It could never start anything, or the id is taken.</exception>
    public static WorkflowsBuilder AddSchedule<TWorkflow>(
        this WorkflowsBuilder builder,
        string id,
        ScheduleSpec spec,
        Expression<Func<TWorkflow, Task>> run,
        Action<WorkflowScheduleOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        ArgumentNullException.ThrowIfNull(run);
        var definition = DefinitionOf(typeof(TWorkflow), id);
        var body = run.Body is UnaryExpression { NodeType: ExpressionType.Convert } converted
            ? converted.Operand
            : run.Body;
        if (body is not MethodCallExpression { Object: ParameterExpression } call
            || !IsRunMethod(call.Method, definition))
        {
            throw new WorkflowsConfigurationException(
                $"The schedule '{id}' has to start {typeof(TWorkflow).Name} with its run method: give "
                + $"workflow => workflow.{definition.RunMethod.Name}(...), and nothing else.");
        }

        return builder.Add(id, spec, definition, [.. call.Arguments.Select(Evaluate)], configure);
    }

    /// <summary>Removes schedules that are no longer declared also when none is declared: for the deployment that drops
    /// the last one. <c>AddSchedule</c> implies it.</summary>
    public static WorkflowsBuilder KeepSchedules(this WorkflowsBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        if (builder.Services.All(service => service.ServiceType != typeof(ScheduleKeeper)))
        {
            builder.Services.AddSingleton<ScheduleKeeper>();
            builder.Services.AddSingleton<IHostedService, ScheduleService>();
        }

        return builder;
    }

    private static WorkflowsBuilder Add(
        this WorkflowsBuilder builder,
        string id,
        ScheduleSpec spec,
        WorkflowDefinition definition,
        IReadOnlyCollection<object?> arguments,
        Action<WorkflowScheduleOptions>? configure)
    {
        if (spec is null or { Calendars.Count: 0, Intervals.Count: 0, CronExpressions.Count: 0 })
        {
            throw new WorkflowsConfigurationException(
                $"The schedule '{id}' has no spec, so that it would never start anything: give it Calendars, "
                + "Intervals or CronExpressions, such as new ScheduleSpec { CronExpressions = [\"0 3 * * *\"] } for "
                + "three in the morning.");
        }

        if (builder.Declared<DeclaredSchedule>().Any(schedule => schedule.Id == id))
        {
            throw new WorkflowsConfigurationException(
                $"The schedule '{id}' is declared twice: give each its own id, or one of them several times in its "
                + "spec.");
        }

        var options = new WorkflowScheduleOptions();
        configure?.Invoke(options);
        builder.Services.AddSingleton(new DeclaredSchedule(id, spec, definition.Name!, arguments, options));
        return builder.KeepSchedules();
    }

    private static WorkflowDefinition DefinitionOf(Type workflow, string id)
    {
        if (string.IsNullOrWhiteSpace(id))
        {
            throw new WorkflowsConfigurationException($"A schedule of {workflow.Name} has no id: give it one.");
        }

        var definition = WorkflowDefinition.Create(workflow);
        return definition.Name is not null ? definition : throw new WorkflowsConfigurationException(
            $"The schedule '{id}' cannot start {workflow.Name}, which is dynamic and has no name: declare a named "
            + "workflow.");
    }

    /// <summary>The call's method may be the one that the workflow overrides or implements.</summary>
    private static bool IsRunMethod(MethodInfo called, WorkflowDefinition definition) =>
        called.Name == definition.RunMethod.Name
        && called.GetParameters().Select(parameter => parameter.ParameterType)
            .SequenceEqual(definition.RunMethod.GetParameters().Select(parameter => parameter.ParameterType));

    private static object? Evaluate(Expression argument) => argument is ConstantExpression constant
        ? constant.Value
        : Expression.Lambda<Func<object?>>(Expression.Convert(argument, typeof(object)))
            .Compile(preferInterpretation: true)();
}
