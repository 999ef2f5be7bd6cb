using System.Reflection;
using AugmentedOS.Workflows.Versioning;
using Temporalio.Converters;
using Temporalio.Workflows;

namespace AugmentedOS.Workflows.Replay;

/// <summary>The workflow code that histories are replayed against: what a worker of this build would run.</summary>
public sealed class WorkflowBuild
{
    private readonly Assembly _assembly;

    private WorkflowBuild(
        string name,
        Assembly assembly,
        IReadOnlyList<WorkflowDefinition> workflows,
        IReadOnlyList<DeclaredPatch> patches)
    {
        _assembly = assembly;
        (Name, Workflows, Patches) = (name, workflows, patches);
        WorkflowTypes = [.. workflows.Where(workflow => !workflow.Dynamic).Select(workflow => workflow.Name!)];
    }

    /// <summary>What to call it.</summary>
    public string Name { get; }

    /// <summary>Its workflows.</summary>
    public IReadOnlyList<WorkflowDefinition> Workflows { get; }

    /// <summary>The names of its workflow types, but for that of a dynamic workflow, which takes the others'.</summary>
    public IReadOnlyList<string> WorkflowTypes { get; }

    /// <summary>The patches that it declares.</summary>
    public IReadOnlyList<DeclaredPatch> Patches { get; }

    /// <summary>Whether it takes runs of any type.</summary>
    public bool HasDynamicWorkflow => Workflows.Any(workflow => workflow.Dynamic);

    /// <summary>Whether it has a workflow for runs of this type.</summary>
    public bool Takes(string workflowType) =>
        HasDynamicWorkflow || WorkflowTypes.Contains(workflowType, StringComparer.Ordinal);

    /// <summary>The data converter of a class of the build, or of an assembly that it refers to: for histories whose
    /// payloads are encrypted.</summary>
    /// <param name="className">By full name: a <see cref="DataConverter"/>, an <see cref="IPayloadConverter"/> or an
    /// <see cref="IPayloadCodec"/> that is made without arguments, or a class with one public static property of type
    /// <see cref="DataConverter"/>.</param>
    /// <exception cref="ReplayException">There is no such class, it is none of these, or it cannot be made.</exception>
    public DataConverter ConverterOf(string className)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(className);
        return BuildConverter.Of(_assembly, className);
    }

    /// <summary>These classes.</summary>
    /// <exception cref="ReplayException">One is no workflow, or two are the same workflow.</exception>
    public static WorkflowBuild Of(params Type[] workflows)
    {
        ArgumentNullException.ThrowIfNull(workflows);
        return workflows.Length > 0
            ? Make("these workflows", workflows[0].Assembly, workflows, PatchesOf(workflows))
            : throw new ReplayException("A build has one workflow at least. Give its classes.");
    }

    /// <summary>All workflows of an assembly that is loaded already.</summary>
    /// <param name="classes">Which classes; null for all.</param>
    /// <exception cref="ReplayException">It has none, or two classes are the same workflow.</exception>
    public static WorkflowBuild Of(Assembly assembly, Predicate<Type>? classes = null)
    {
        ArgumentNullException.ThrowIfNull(assembly);
        return FromTypes(assembly, classes);
    }

    /// <summary>All workflows of an assembly file, with its dependencies beside it, apart from what runs here. The
    /// Temporal SDK and this library are shared with it.</summary>
    /// <param name="path">The assembly, as it was built or published.</param>
    /// <param name="classes">Which classes; null for all.</param>
    /// <exception cref="ReplayException">It cannot be loaded, has no workflow, or two classes are the same workflow.
    /// </exception>
    public static WorkflowBuild Load(string path, Predicate<Type>? classes = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        var file = Path.GetFullPath(path);
        if (!File.Exists(file))
        {
            throw new ReplayException(
                $"There is no assembly '{path}'. Build the workflows' project, and give its .dll.");
        }

        try
        {
            return FromTypes(new BuildContext(file).LoadFromAssemblyPath(file), classes);
        }
        catch (BadImageFormatException wrong)
        {
            throw new ReplayException($"'{path}' is no .NET assembly. Give the .dll of the workflows' project.", wrong);
        }
        catch (Exception wrong)
            when (wrong is FileNotFoundException or FileLoadException or ReflectionTypeLoadException)
        {
            throw new ReplayException(
                $"'{path}' cannot be loaded: {Reason(wrong)} Give it where it was built or published, with its "
                + ".deps.json and all that it needs beside it.",
                wrong);
        }
    }

    private static WorkflowBuild FromTypes(Assembly assembly, Predicate<Type>? classes)
    {
        var types = assembly.GetTypes().Where(type => classes?.Invoke(type) ?? true).ToArray();
        var workflows = types
            .Where(type => !type.IsAbstract && !type.ContainsGenericParameters)
            .Where(type => type.GetCustomAttribute<WorkflowAttribute>(inherit: false) is not null)
            .ToArray();
        var name = assembly.GetName().Name!;
        if (workflows.Length == 0)
        {
            throw new ReplayException(
                $"{name} has no workflow{(classes is null ? "" : " among the classes that were chosen")}. Give the "
                + "assembly whose classes bear [Workflow].");
        }

        return Make(name, assembly, workflows, PatchesOf(types));
    }

    private static WorkflowBuild Make(
        string name, Assembly assembly, IReadOnlyList<Type> workflows, IReadOnlyList<DeclaredPatch> patches)
    {
        var definitions = new List<WorkflowDefinition>();
        foreach (var workflow in workflows)
        {
            var definition = Define(workflow);
            if (definitions.Find(other => other.Name == definition.Name) is { } twin)
            {
                throw new ReplayException(
                    $"{twin.Type} and {workflow} are both the workflow '{definition.Name ?? "(dynamic)"}', and a "
                    + "worker takes one. Choose the classes that the worker registers (aos replay: --class).");
            }

            definitions.Add(definition);
        }

        return new WorkflowBuild(name, assembly, definitions, patches);
    }

    private static IReadOnlyList<DeclaredPatch> PatchesOf(Type[] types)
    {
        try
        {
            return PatchCatalog.Of(types);
        }
        catch (InvalidOperationException wrong)
        {
            throw new ReplayException(wrong.Message, wrong);
        }
    }

    private static WorkflowDefinition Define(Type workflow)
    {
        try
        {
            return WorkflowDefinition.Create(workflow);
        }
        catch (ArgumentException wrong)
        {
            throw new ReplayException($"{workflow} is no workflow that a worker takes: {wrong.Message}", wrong);
        }
    }

    private static string Reason(Exception wrong) =>
        wrong is ReflectionTypeLoadException { LoaderExceptions: [{ } first, ..] } ? first.Message : wrong.Message;
}
