namespace EmbeddedCluster;

/// <summary>Files of real Argo Rollouts controllers, which the image of Argo Rollouts then is.</summary>
/// <param name="Any">The one for versions without their own; null: there are no others.</param>
/// <param name="ByVersion">Version, as the image's tag has it (<c>v1.9.1</c>), to file.</param>
public sealed record RolloutsPrograms(string? Any, IReadOnlyDictionary<string, string> ByVersion)
{
    /// <summary>One program, whatever the version.</summary>
    public static RolloutsPrograms One(string file) => new(file, new Dictionary<string, string>());

    /// <summary>The file of a version; null when there is none.</summary>
    public string? Of(string version) => ByVersion.GetValueOrDefault(version) ?? Any;
}
