using AugmentedOS.Engine.Access.Methods;
using Google.Protobuf.Reflection;

namespace AugmentedOS.Engine.Tests.Access;

public sealed class MethodTableTests
{
    private static readonly ServiceDescriptor[] Services =
    [
        .. Temporalio.Api.WorkflowService.V1.ServiceReflection.Descriptor.Services,
        .. Temporalio.Api.OperatorService.V1.ServiceReflection.Descriptor.Services,
        .. Temporalio.Api.TestService.V1.ServiceReflection.Descriptor.Services,
        Grpc.Health.V1.Health.Descriptor,
    ];

    private static IEnumerable<string> Described =>
        Services.SelectMany(service => service.Methods.Select(method => $"/{service.FullName}/{method.Name}"));

    [Fact]
    public void Methods_WhenTheApiHasThem_AreClassified() => Assert.Equal([], Described.Except(MethodTable.All.Keys));

    [Fact]
    public void Methods_WhenClassified_Exist() => Assert.Equal(
        [],
        MethodTable.All.Keys.Except(Described).Where(name => !name.Contains("Reflection", StringComparison.Ordinal)
            && !name.Contains("NexusService", StringComparison.Ordinal)
            && !name.Contains("OpenAPIService", StringComparison.Ordinal)));

    [Fact]
    public void Scope_WhenARequestNamesANamespace_IsThatNamespace()
    {
        foreach (var method in Services.SelectMany(service => service.Methods).Where(m => m.File.Package.StartsWith("temporal", StringComparison.Ordinal)))
        {
            var profile = MethodTable.Find(method.Service.FullName, method.Name)!;
            var names = method.InputType.FindFieldByName("namespace") is not null;

            Assert.True(names == (profile.Scope == MethodScope.Namespace), $"{method.FullName} is {profile.Scope}");
        }
    }

    [Theory]
    [InlineData("List")]
    [InlineData("Describe")]
    [InlineData("Count")]
    [InlineData("Get")]
    [InlineData("Poll")]
    [InlineData("Scan")]
    public void Method_WhenItsNameSaysThatItReads_ChangesNothing(string verb) => Assert.DoesNotContain(
        MethodTable.All.Values, method => method.Name.StartsWith(verb, StringComparison.Ordinal) && method.Mutates);

    [Fact]
    public void Method_WhenItNeedsOnlyReading_ChangesNothing() => Assert.DoesNotContain(
        MethodTable.All.Values,
        method => method.Access is AccessLevel.Open or AccessLevel.Read or AccessLevel.ReadForWork && method.Mutates);
}
