using System.Reflection;
using Conformance.Language;
using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(Conformance.Running.LongestFirst))]

namespace Conformance.Running;

/// <summary>Classes with a scenario that is long begin first, all others in the order that the seed draws.</summary>
public sealed class LongestFirst : ITestCollectionOrderer
{
    // xunit names the collection of a class after it: "Test collection for Conformance.BlueGreen.Promoting (id: ...)"
    private static readonly IReadOnlyList<string> LongClasses =
    [
        .. from type in typeof(LongestFirst).Assembly.GetTypes()
           where type.GetMethods().Any(method => method.GetCustomAttribute<ScenarioAttribute>() is { IsLong: true })
           select $" {type.FullName} ",
    ];

    /// <inheritdoc/>
    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection =>
        [.. DefaultTestCollectionOrderer.Instance.OrderTestCollections(testCollections).OrderBy(collection => LongClasses.Any($"{collection.TestCollectionDisplayName} ".Contains) ? 0 : 1)];
}
