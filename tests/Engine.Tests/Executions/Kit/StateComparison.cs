using System.Collections;
using System.Reflection;
using AugmentedOS.Engine.Executions;

namespace AugmentedOS.Engine.Tests.Executions.Kit;

/// <summary>Compares two states member by member, collections by what they hold.</summary>
internal static class StateComparison
{
    private static readonly PropertyInfo[] Members = typeof(RunState).GetProperties()
        .Where(p => p.CanWrite).ToArray();

    /// <summary>The first member that differs; null when the states are equal.</summary>
    public static string? Difference(RunState left, RunState right) => Members
        .Where(member => !AreEqual(member.GetValue(left), member.GetValue(right)))
        .Select(member => $"{member.Name}: {Show(member.GetValue(left))} is not {Show(member.GetValue(right))}")
        .FirstOrDefault();

    private static bool AreEqual(object? left, object? right) => (left, right) switch
    {
        (IDictionary a, IDictionary b) => a.Count == b.Count
            && a.Keys.Cast<object>().All(key => b.Contains(key) && Equals(a[key], b[key])),
        (string a, string b) => a == b,
        (IList a, IList b) => a.Cast<object>().SequenceEqual(b.Cast<object>()),
        (ICollection a, ICollection b) => a.Cast<object>().ToHashSet().SetEquals(b.Cast<object>()),
        _ => Equals(left, right) || HaveEqualMembers(left, right),
    };

    /// <summary>A record that holds collections is equal to another that holds the same.</summary>
    private static bool HaveEqualMembers(object? left, object? right) =>
        left is not null && left.GetType() == right?.GetType() && left.GetType().GetMethod("<Clone>$") is not null
        && left.GetType().GetProperties().Where(p => p.CanWrite)
            .All(p => AreEqual(p.GetValue(left), p.GetValue(right)));

    private static string Show(object? value) => value switch
    {
        string text => text,
        IEnumerable items => $"[{string.Join(", ", items.Cast<object>())}]",
        _ => value?.ToString() ?? "null",
    };
}
