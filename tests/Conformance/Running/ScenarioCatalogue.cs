using System.Reflection;
using Conformance.Language;
using Fixtures.Recording;

namespace Conformance.Running;

/// <summary>Every scenario of this assembly, read from its attributes.</summary>
internal static class ScenarioCatalogue
{
    /// <summary>By id.</summary>
    public static IReadOnlyList<ScenarioInfo> All { get; } = [.. Methods().Select(pair => pair.Info).OrderBy(info => info.Id, StringComparer.Ordinal)];

    /// <summary>The full name of the method behind a scenario, as xunit's filters take it.</summary>
    public static string MethodOf(ScenarioInfo scenario) =>
        Methods().Where(pair => pair.Info.Id == scenario.Id).Select(pair => $"{pair.Method.DeclaringType!.FullName}.{pair.Method.Name}").Single();

    /// <summary>What a method's attribute says, or null when it is no scenario.</summary>
    public static ScenarioInfo? Of(MethodInfo method) => method.GetCustomAttribute<ScenarioAttribute>() is { } scenario
        ? new(
            scenario.Id,
            string.Join('/', method.DeclaringType!.Namespace!.Split('.').Skip(1)),
            method.Name.Replace('_', ' '),
            scenario.Rows,
            scenario.Words,
            scenario.Catches)
        {
            Refuses = scenario.Refuses,
            Pods = scenario.Pods == 0 ? null : scenario.Pods,
        }
        : null;

    private static IEnumerable<(MethodInfo Method, ScenarioInfo Info)> Methods() =>
        from type in typeof(ScenarioCatalogue).Assembly.GetTypes()
        from method in type.GetMethods(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
        let info = Of(method)
        where info is not null
        select (method, info);
}
