namespace Kubernetes.Tests.Clients;

/// <summary>Where a real client program is.</summary>
internal static class ClientProgram
{
    /// <summary><c>CONFORMANCE_KUBECTL</c>, <c>CONFORMANCE_HELM</c>, or the first of that name on the PATH; null when there is none.</summary>
    public static string? Find(string name)
        => Environment.GetEnvironmentVariable($"CONFORMANCE_{name.ToUpperInvariant()}") is { Length: > 0 } named
            ? named
            : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);

    /// <summary>Skips the test where there is none; under CONFORMANCE_STRICT that is a failure.</summary>
    /// <returns>Its path.</returns>
    public static string Required(string name)
    {
        var program = Find(name);
        var reason = $"there is no {name}: put one on the PATH, or name one in CONFORMANCE_{name.ToUpperInvariant()}";
        (program is not null || Environment.GetEnvironmentVariable("CONFORMANCE_STRICT") is null).Should().BeTrue(reason);
        Assert.SkipWhen(program is null, reason);
        return program!;
    }
}
