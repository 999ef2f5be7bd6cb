namespace AugmentedOS.Engine.Api.Binding;

/// <summary><c>temporal.api.operatorservice.v1.OperatorService</c>.</summary>
internal sealed class OperatorRpcs(CallGuard guard) : RpcService(Name, guard)
{
    public const string Name = "temporal.api.operatorservice.v1.OperatorService";
}
