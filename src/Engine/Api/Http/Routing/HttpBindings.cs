using Google.Protobuf.Reflection;
using Temporalio.Api.Dependencies.Google.Api;

namespace AugmentedOS.Engine.Api.Http.Routing;

/// <summary>The bindings that the API's descriptors carry.</summary>
internal static class HttpBindings
{
    /// <summary>Every binding of a service's annotated methods, the additional ones too.</summary>
    public static IEnumerable<HttpBinding> Of(ServiceDescriptor service) =>
        from method in service.Methods
        let main = method.GetOptions()?.GetExtension(AnnotationsExtensions.Http)
        where main is not null
        from rule in main.AdditionalBindings.Prepend(main)
        select Of(method, rule);

    private static HttpBinding Of(MethodDescriptor method, HttpRule rule)
    {
        var (verb, path) = rule.PatternCase switch
        {
            HttpRule.PatternOneofCase.Get => ("GET", rule.Get),
            HttpRule.PatternOneofCase.Put => ("PUT", rule.Put),
            HttpRule.PatternOneofCase.Post => ("POST", rule.Post),
            HttpRule.PatternOneofCase.Delete => ("DELETE", rule.Delete),
            HttpRule.PatternOneofCase.Patch => ("PATCH", rule.Patch),
            _ => (rule.Custom.Kind, rule.Custom.Path),
        };
        return new HttpBinding(method, verb, PathTemplate.Parse(path), rule.Body);
    }
}
