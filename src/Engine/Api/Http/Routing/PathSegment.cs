namespace AugmentedOS.Engine.Api.Http.Routing;

/// <summary>One segment of a template.</summary>
/// <param name="Name">The text that must stand there; or the request's field that takes what stands there, dotted.</param>
internal readonly record struct PathSegment(string Name, bool IsField);
