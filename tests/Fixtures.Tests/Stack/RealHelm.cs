using EmbeddedCluster.Programs;

namespace Fixtures.Tests.Stack;

/// <summary>The real helm for tests that need it.</summary>
internal static class RealHelm
{
    /// <summary>Skips where there is none and none can be fetched; under CONFORMANCE_STRICT that is a failure.</summary>
    public static async Task<FoundProgram> FindOrSkipAsync()
    {
        try
        {
            return await new ProgramFinder().FindAsync(PinnedPrograms.Helm, TestContext.Current.CancellationToken);
        }
        catch (ProgramMissingException missing) when (Environment.GetEnvironmentVariable("CONFORMANCE_STRICT") != "1")
        {
            Assert.Skip(missing.Message);
            throw;
        }
    }
}
