using AugmentedOS.Engine.Access;
using AugmentedOS.Engine.Access.Methods;

namespace AugmentedOS.Engine.Api.Admission;

/// <summary>A call's way in: refused, or let in with what must be given back at its end.</summary>
/// <param name="Method">Null for a method that nobody has classified.</param>
/// <param name="HeldIn">The namespace where it holds a place among those that wait; null when it holds none.</param>
internal readonly record struct Entry(
    MethodProfile? Method, Rejection? Refusal, string Namespace, Principal? Principal, string? HeldIn, long Began);
