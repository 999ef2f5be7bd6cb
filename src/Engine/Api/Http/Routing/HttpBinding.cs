using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Api.Http.Routing;

/// <summary>One way to call an RPC over HTTP.</summary>
/// <param name="Verb">GET, POST and so on.</param>
/// <param name="Body">The request's field that the body is; <c>*</c> for the whole request; empty when there is none and
/// fields come with the query.</param>
internal sealed record HttpBinding(MethodDescriptor Rpc, string Verb, PathTemplate Path, string Body)
{
    public const string WholeBody = "*";
}
