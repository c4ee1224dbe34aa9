using System.Runtime.CompilerServices;
using Conformance.Running;
using Xunit.v3;

namespace Conformance.Language;

/// <summary>Marks a test as a scenario and says what the catalogue and the report know of it; its title is the method's name.</summary>
/// <param name="id">Stable id, also the name of its evidence folder.</param>
/// <param name="words">How it goes about it, in a sentence or two.</param>
[AttributeUsage(AttributeTargets.Method)]
[XunitTestCaseDiscoverer(typeof(ScenarioDiscoverer))]
public sealed class ScenarioAttribute(
    string id, string words, [CallerFilePath] string? sourceFilePath = null, [CallerLineNumber] int sourceLineNumber = -1)
    : FactAttribute(sourceFilePath, sourceLineNumber)
{
    /// <summary>Stable id.</summary>
    public string Id { get; } = id;

    /// <summary>How it goes about it.</summary>
    public string Words { get; } = words;

    /// <summary>The rows of the tutorial whose promise it sees kept.</summary>
    public string[] Rows { get; init; } = [];

    /// <summary>The rows whose refusal it shows, with the words that a user reads then.</summary>
    public string[] Refuses { get; init; } = [];

    /// <summary>How many pods its Rollout has instead of the tutorial's ten, where what it shows does not depend on that; 0 for the tutorial's.</summary>
    public int Pods { get; init; }

    /// <summary>Whether what it waits for takes minutes of the cluster's time: its class begins first, so that the run does not end with it alone.</summary>
    public bool IsLong { get; init; }

    /// <summary>Defects that it would catch.</summary>
    public string[] Catches { get; init; } = [];
}
