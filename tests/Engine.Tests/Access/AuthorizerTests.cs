using AugmentedOS.Engine.Access;
using AugmentedOS.Engine.Access.Methods;

namespace AugmentedOS.Engine.Tests.Access;

public sealed class AuthorizerTests
{
    private static readonly Dictionary<AccessLevel, string[]> Allowed = new()
    {
        [AccessLevel.Open] = ["", "worker", "read", "write", "admin"],
        [AccessLevel.Read] = ["read", "write", "admin"],
        [AccessLevel.ReadForWork] = ["worker", "read", "write", "admin"],
        [AccessLevel.Work] = ["worker", "write", "admin"],
        [AccessLevel.Write] = ["write", "admin"],
        [AccessLevel.Admin] = ["admin"],
    };

    public static TheoryData<string> Methods { get; } = [.. MethodTable.All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>Every method × every role × own namespace, foreign namespace, whole engine.</summary>
    [Theory]
    [MemberData(nameof(Methods))]
    public void Method_ForEveryRoleAndNamespace_IsAllowedAsItsClassSays(string name)
    {
        var method = MethodTable.All[name];
        foreach (var role in new[] { "", "worker", "read", "write", "admin" })
        {
            var isEnough = Allowed[method.Access].Contains(role);
            var isOpen = method.Access == AccessLevel.Open;
            Assert.Equal(isOpen || (isEnough && method.Scope == MethodScope.Namespace), Allows(method, "mine", Holder($"mine:{role}")));
            Assert.Equal(isOpen, Allows(method, "other", Holder($"mine:{role}")));
            Assert.Equal(isOpen, Allows(method, "", Holder($"mine:{role}")));
            Assert.Equal(isEnough, Allows(method, "other", Holder($"temporal-system:{role}")));
        }

        Assert.Equal(method.Access == AccessLevel.Open, Authorizer.Allows(method, "mine", null));
    }

    [Fact]
    public void Method_WhenNobodyHasClassifiedIt_IsDeniedToAll() =>
        Assert.False(Authorizer.Allows(null, "mine", Holder("temporal-system:admin")));

    [Fact]
    public void Roles_WhenSeveralAreHeld_AddUp()
    {
        var poll = MethodTable.Find("temporal.api.workflowservice.v1.WorkflowService", "PollWorkflowTaskQueue");
        var list = MethodTable.Find("temporal.api.workflowservice.v1.WorkflowService", "ListWorkflowExecutions");
        var both = new Principal("jwt", "w", Grants.Of(["mine:Worker", "mine:READ", "mine:dance", "nonsense"]));

        Assert.True(Authorizer.Allows(poll, "mine", both));
        Assert.True(Authorizer.Allows(list, "mine", both));
    }

    private static bool Allows(MethodProfile method, string ns, Principal holder) => Authorizer.Allows(method, ns, holder);

    private static Principal Holder(string permission) => new("jwt", "somebody", Grants.Of([permission]));
}
