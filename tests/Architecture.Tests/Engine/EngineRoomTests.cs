using System.Collections;
using System.Reflection;

namespace AugmentedOS.Architecture.Tests.Engine;

/// <summary>
/// Inside the engine: decisions are pure, the API keeps nothing, the database is known to storage alone, and what is
/// above is not known to what is below.
/// </summary>
public sealed class EngineRoomTests
{
    /// <summary>What decisions may know of the rooms that carry them out: values, nothing that acts.</summary>
    private static readonly Dictionary<string, string[]> ValuesForDecisions = new(StringComparer.Ordinal)
    {
        ["Runtime"] = ["Outcome"],
        ["TaskQueues"] = ["TaskReference", "TaskQueueKey", "TaskRoute"],
        ["Queries"] = ["PendingQuery", "QueryRoute", "QueryRouting", "QueryTask", "QueryAnswers"],
        ["Updates"] = ["UpdateWaiter"],
        ["Storage"] = [],
        ["Api"] = [],
        ["Hosting"] = [],
        ["Workers"] = [],
        ["Entities"] = [],
        ["Deployments"] = [],
        ["Nexus"] = ["INexusEndpoints", "NoNexusEndpoints", "NexusEndpoint"],
        ["Schedules"] = [],
        ["Batch"] = [],
    };

    private static readonly string[] Machinery =
    [
        "Microsoft.Data.Sqlite",
        "Microsoft.AspNetCore",
        "Microsoft.Extensions",
        "Grpc.AspNetCore",
        "System.IO.File",
        "System.IO.FileStream",
        "System.Diagnostics.Stopwatch",
        "System.Net",
        "System.Random",
        "System.Threading",
        "System.TimeProvider",
    ];

    [Fact]
    public void Executions_WhenTheyKnowOtherRooms_KnowValuesOnly() => Report.None(
        "Decisions and folds are pure: they may not use what acts. Offenders:",
        from room in ValuesForDecisions
        from user in EngineTypes.Users("Executions", EngineTypes.AllOf(room.Key, room.Value))
        select $"{user} uses something of {room.Key} besides {string.Join(", ", room.Value)}");

    [Fact]
    public void Executions_WhenTheyDecide_UseNoDiskClockNetworkOrThread() => Report.None(
        "Decisions and folds do no I/O and read no clock; what they need comes with the input. Offenders:",
        EngineTypes.Users("Executions", Machinery));

    [Fact]
    public void Sqlite_WhenItIsUsed_IsUsedByStorageAlone() => Report.None(
        "Only Storage talks to SQLite. Offenders:",
        Rooms().Where(room => room != "Storage").SelectMany(room => EngineTypes.Users(room, ["Microsoft.Data.Sqlite"])));

    [Fact]
    public void AspNetCore_WhenItIsUsed_IsUsedByApiAndHostingAlone() => Report.None(
        "The engine below its API runs without a web server. Offenders:",
        Rooms().Except(["Api", "Hosting"])
            .SelectMany(room => EngineTypes.Users(room, ["Microsoft.AspNetCore", "Grpc.AspNetCore", "Grpc.Reflection"])));

    [Fact]
    public void Rooms_WhenTheyAreBelow_DoNotKnowTheApiOrTheHost() => Report.None(
        "What is below does not know what is above. Offenders:",
        Rooms().Except(["Api", "Hosting"])
            .SelectMany(room => EngineTypes.Users(room, ["AugmentedOS.Engine.Api", "AugmentedOS.Engine.Hosting"]))
            .Concat(EngineTypes.Users("Api", ["AugmentedOS.Engine.Hosting"])));

    [Fact]
    public void TheRules_WhenSomethingDependsOnSomething_SeeIt()
    {
        Assert.NotEmpty(EngineTypes.Users("Storage", ["Microsoft.Data.Sqlite"]));
        Assert.NotEmpty(EngineTypes.Users("Runtime", ["System.TimeProvider"]));
        Assert.NotEmpty(EngineTypes.Users("Runtime", EngineTypes.AllOf("Storage")));
        Assert.NotEmpty(EngineTypes.Users("Executions", ["AugmentedOS.Engine.Runtime.Outcome"]));
    }

    [Fact]
    public void Api_WhenItServesACall_KeepsNothing()
    {
        // The table of handlers in RpcService is filled before the first call.
        var fields = EngineTypes.Of("Api").Where(type => type.Name != "RpcService").SelectMany(type => type.GetFields(
            BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic
            | BindingFlags.DeclaredOnly)).Where(field => !field.IsLiteral);
        Report.None(
            "The API has no state; what a call changes is an input for a run. Offenders:",
            from field in fields
            where !field.DeclaringType!.IsValueType && (CanChange(field) || IsMutableCollection(field.FieldType))
            select $"{field.DeclaringType!.Name}.{field.Name} ({field.FieldType.Name})");
    }

    [Fact]
    public void Engine_WhenItsRoomsAreListed_HasNoOther() => Assert.Equal(
        [
            "Access",
            "Api",
            "Audit",
            "Batch",
            "Clocks",
            "Deployments",
            "Entities",
            "Executions",
            "Hosting",
            "Identifiers",
            "Namespaces",
            "Nexus",
            "Queries",
            "Quotas",
            "Runtime",
            "Schedules",
            "Storage",
            "TaskQueues",
            "Updates",
            "Visibility",
            "Workers",
        ],
        Rooms().Order(StringComparer.Ordinal));

    private static IEnumerable<string> Rooms() =>
        Repository.Files("src/Engine", "*.cs").Select(path => path.Split('/')).Where(parts => parts.Length > 3)
            .Select(parts => parts[2]).Distinct();

    /// <summary>What a primary constructor was given is not marked read-only, and nobody assigns it.</summary>
    private static bool CanChange(FieldInfo field) =>
        !field.IsInitOnly && !(field.Name.StartsWith('<') && field.Name.EndsWith(">P", StringComparison.Ordinal));

    private static bool IsMutableCollection(Type type) =>
        type != typeof(string)
        && typeof(IEnumerable).IsAssignableFrom(type)
        && type is { IsArray: false, IsInterface: false }
        && type.Namespace is "System.Collections.Generic" or "System.Collections.Concurrent" or "System.Collections";
}
