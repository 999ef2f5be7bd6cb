using AugmentedOS.Engine.Executions.Versioning;
using Temporalio.Api.Enums.V1;
using Temporalio.Api.Workflow.V1;

namespace AugmentedOS.Engine.Storage.Codecs;

/// <summary>A run's versioning as bytes.</summary>
internal static class VersioningCodec
{
    public static void Write(ByteSink sink, RunVersioning? versioning)
    {
        sink.Flag(versioning is not null);
        if (versioning is null)
        {
            return;
        }

        sink.Number((int)versioning.Behavior);
        WriteVersion(sink, versioning.Version);
        sink.OptionalMessage(versioning.Override);
        sink.Flag(versioning.Transition is not null);
        if (versioning.Transition is { } move)
        {
            WriteVersion(sink, move.To);
        }

        sink.Number(versioning.Revision);
        sink.Number((int)versioning.InitialBehavior);
        sink.Text(versioning.DeploymentName);
        WriteTarget(sink, versioning.Notified);
        WriteTarget(sink, versioning.Declined);
    }

    public static RunVersioning? Read(ref ByteSource source) => !source.Flag()
        ? null
        : new RunVersioning
        {
            Behavior = (VersioningBehavior)source.Int32(),
            Version = ReadVersion(ref source),
            Override = source.OptionalMessage(VersioningOverride.Parser),
            Transition = source.Flag() ? new VersionTransition(ReadVersion(ref source)) : null,
            Revision = source.Number(),
            InitialBehavior = (ContinueAsNewVersioningBehavior)source.Int32(),
            DeploymentName = source.Text(),
            Notified = ReadTarget(ref source),
            Declined = ReadTarget(ref source),
        };

    public static void WriteVersion(ByteSink sink, DeploymentVersion? version)
    {
        sink.Flag(version is not null);
        if (version is { } named)
        {
            sink.Text(named.Deployment);
            sink.Text(named.BuildId);
        }
    }

    public static DeploymentVersion? ReadVersion(ref ByteSource source) =>
        source.Flag() ? new DeploymentVersion(source.Text(), source.Text()) : null;

    public static void WriteTarget(ByteSink sink, KnownTarget? target)
    {
        sink.Flag(target is not null);
        if (target is not null)
        {
            WriteVersion(sink, target.Version);
            sink.Number(target.Revision);
        }
    }

    public static KnownTarget? ReadTarget(ref ByteSource source) =>
        source.Flag() ? new KnownTarget(ReadVersion(ref source), source.Number()) : null;
}
