using Fixtures.Recording;
using Fixtures.Running;

namespace Conformance.Running;

/// <summary>
/// What the entry point hands to the assembly fixture, which xunit creates without arguments. Under <c>dotnet test</c> the options come from
/// the environment and nobody listens.
/// </summary>
internal static class Launch
{
    private static SuiteOptions? _options;
    private static RunFolder? _folder;

    public static SuiteOptions Options
    {
        get => _options ??= SuiteOptionReader.Read([], Settings.Environment());
        set => _options = value;
    }

    /// <summary>The run's folders; made when first asked for.</summary>
    /// <exception cref="IOException">They cannot be made.</exception>
    public static RunFolder Folder => _folder ??= RunFolder.Create(TimeProvider.System.GetUtcNow());

    public static IRunListener Listener { get; set; } = new NoListener();

    /// <summary>Called when the reports are written and the cluster is still there.</summary>
    public static Func<RunSession, Task>? WhenReported { get; set; }

    /// <summary>The session once there is one.</summary>
    public static RunSession? Session { get; set; }
}
