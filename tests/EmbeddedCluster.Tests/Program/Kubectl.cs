namespace EmbeddedCluster.Tests.Program;

/// <summary>Where the real kubectl is.</summary>
internal static class Kubectl
{
    /// <summary><c>CONFORMANCE_KUBECTL</c>, or the first on the PATH; null when there is none.</summary>
    public static string? Path { get; } = Environment.GetEnvironmentVariable("CONFORMANCE_KUBECTL")
        ?? (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Select(folder => System.IO.Path.Combine(folder, "kubectl")).FirstOrDefault(File.Exists);

    /// <summary>Skips the test where there is none; under CONFORMANCE_STRICT that is a failure.</summary>
    public static void SkipWhenMissing()
    {
        const string reason = "there is no kubectl: put one on the PATH, or name one in CONFORMANCE_KUBECTL";
        Path.Should().Match(path => path != null || Environment.GetEnvironmentVariable("CONFORMANCE_STRICT") == null, reason);
        Assert.SkipWhen(Path is null, reason);
    }
}
