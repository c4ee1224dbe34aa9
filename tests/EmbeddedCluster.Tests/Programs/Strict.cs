namespace EmbeddedCluster.Tests.Programs;

/// <summary>Whether a missing program fails a test instead of skipping it: <c>CONFORMANCE_STRICT=1</c>, as in CI.</summary>
internal static class Strict
{
    public static bool Required => Environment.GetEnvironmentVariable("CONFORMANCE_STRICT") == "1";
}
