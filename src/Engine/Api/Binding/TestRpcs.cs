namespace AugmentedOS.Engine.Api.Binding;

/// <summary><c>temporal.api.testservice.v1.TestService</c>: there where time can be skipped.</summary>
internal sealed class TestRpcs(CallGuard guard) : RpcService(Name, guard)
{
    public const string Name = "temporal.api.testservice.v1.TestService";
}
