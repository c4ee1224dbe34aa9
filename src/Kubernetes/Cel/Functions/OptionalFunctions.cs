using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Optional values (cel-go's optional types); <c>or</c> and <c>orValue</c> are the evaluator's, they evaluate the other side only when needed.</summary>
internal static class OptionalFunctions
{
    public static void AddTo(Dictionary<string, Func<object?[], object?>> functions, Dictionary<string, Func<object?[], object?>> members)
    {
        functions["optional.of"] = values => CelOptional.Of(values[0]);
        functions["optional.none"] = _ => CelOptional.None;
        functions["optional.ofNonZeroValue"] = values => IsZero(values[0]) ? CelOptional.None : CelOptional.Of(values[0]);
        members["hasValue"] = values => Optional(values[0]).HasValue;
        members["value"] = values => Optional(values[0]).Value;
        members["or"] = _ => throw CelException.NoOverload();
        members["orValue"] = _ => throw CelException.NoOverload();
    }

    private static CelOptional Optional(object? value) => value as CelOptional ?? throw CelException.NoOverload();

    private static bool IsZero(object? value) => value switch
    {
        null or false or 0L or 0ul or 0.0 or "" => true,
        byte[] bytes => bytes.Length == 0,
        ICelMap map => map.Count == 0,
        IReadOnlyList<object?> list => list.Count == 0,
        TimeSpan span => span == TimeSpan.Zero,
        _ => false,
    };
}
