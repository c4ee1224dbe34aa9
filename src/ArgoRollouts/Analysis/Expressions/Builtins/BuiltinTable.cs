namespace ArgoRollouts.Analysis.Expressions.Builtins;

/// <summary>The built-in functions of the language by name (antonmedv/expr v1.15.5, builtin/builtin.go).</summary>
internal static class BuiltinTable
{
    private static readonly HashSet<string> Predicates =
    [
        "all", "none", "any", "one", "filter", "map", "count", "find", "findIndex", "findLast", "findLastIndex", "groupBy", "reduce",
    ];

    /// <summary>Functions that read the clock: now.</summary>
    public const string Now = "now";

    private static readonly Dictionary<string, Builtin> Functions =
        NumberBuiltins.All.Concat(TextBuiltins.All).Concat(CollectionBuiltins.All).Concat(FormatBuiltins.All).ToDictionary(b => b.Name);

    /// <summary>Functions of a collection and a closure.</summary>
    public static bool IsPredicate(string name) => Predicates.Contains(name);

    public static bool Contains(string name) => Predicates.Contains(name) || Functions.ContainsKey(name);

    /// <summary>null for a predicate or an unknown name.</summary>
    public static Builtin? Find(string name) => Functions.GetValueOrDefault(name);
}
