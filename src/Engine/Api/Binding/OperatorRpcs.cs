namespace AugmentedOS.Engine.Api.Binding;

/// <summary><c>temporal.api.operatorservice.v1.OperatorService</c>.</summary>
internal sealed class OperatorRpcs : RpcService
{
    public const string Name = "temporal.api.operatorservice.v1.OperatorService";

    public OperatorRpcs(CallGuard guard)
        : base(Name, guard) => AddUnbuilt(NotBuilt.OfOperators);
}
