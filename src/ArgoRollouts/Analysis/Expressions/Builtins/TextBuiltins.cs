using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Builtins;

/// <summary>Functions of strings.</summary>
internal static class TextBuiltins
{
    private static readonly GoType Text = GoType.String;

    public static IEnumerable<Builtin> All =>
    [
        new("trim", a => a.Length == 1 ? String(a, 0).Trim() : String(a, 0).Trim(String(a, 1).ToCharArray()))
        {
            Signatures = [GoType.FunctionOf(Text, Text), GoType.FunctionOf(Text, Text, Text)],
        },
        new("trimPrefix", a => TrimPrefix(String(a, 0), a.Length == 2 ? String(a, 1) : " "))
        {
            Signatures = [GoType.FunctionOf(Text, Text, Text), GoType.FunctionOf(Text, Text)],
        },
        new("trimSuffix", a => TrimSuffix(String(a, 0), a.Length == 2 ? String(a, 1) : " "))
        {
            Signatures = [GoType.FunctionOf(Text, Text, Text), GoType.FunctionOf(Text, Text)],
        },
        new("upper", a => String(a, 0).ToUpperInvariant()) { Signatures = [GoType.FunctionOf(Text, Text)] },
        new("lower", a => String(a, 0).ToLowerInvariant()) { Signatures = [GoType.FunctionOf(Text, Text)] },
        new("split", a => GoText.Split(String(a, 0), String(a, 1), Limit(a, 2), keepSeparator: false)) { Signatures = SplitSignatures },
        new("splitAfter", a => GoText.Split(String(a, 0), String(a, 1), Limit(a, 2), keepSeparator: true)) { Signatures = SplitSignatures },
        new("replace", a => GoText.Replace(String(a, 0), String(a, 1), String(a, 2), Limit(a, 3)))
        {
            Signatures = [GoType.FunctionOf(Text, Text, Text, Text, GoType.Int), GoType.FunctionOf(Text, Text, Text, Text)],
        },
        new("repeat", Repeat) { Signatures = [GoType.FunctionOf(Text, Text, GoType.Int)] },
        new("join", Join)
        {
            Signatures =
            [
                GoType.FunctionOf(Text, GoType.StringSlice, Text), GoType.FunctionOf(Text, GoType.AnySlice, Text), GoType.FunctionOf(Text, GoType.AnySlice),
                GoType.FunctionOf(Text, GoType.StringSlice, Text), GoType.FunctionOf(Text, GoType.StringSlice),
            ],
        },
        new("indexOf", a => GoText.IndexOf(String(a, 0), String(a, 1))) { Signatures = [GoType.FunctionOf(GoType.Int, Text, Text)] },
        new("lastIndexOf", a => GoText.LastIndexOf(String(a, 0), String(a, 1))) { Signatures = [GoType.FunctionOf(GoType.Int, Text, Text)] },
        new("hasPrefix", a => String(a, 0).StartsWith(String(a, 1), StringComparison.Ordinal)) { Signatures = [GoType.FunctionOf(GoType.Bool, Text, Text)] },
        new("hasSuffix", a => String(a, 0).EndsWith(String(a, 1), StringComparison.Ordinal)) { Signatures = [GoType.FunctionOf(GoType.Bool, Text, Text)] },
    ];

    private static GoType[] SplitSignatures => [GoType.FunctionOf(GoType.StringSlice, Text, Text), GoType.FunctionOf(GoType.StringSlice, Text, Text, GoType.Int)];

    private static string String(object?[] arguments, int index) => GoConversion.ToText(arguments[index]);

    private static nint Limit(object?[] arguments, int index) => arguments.Length > index ? GoArithmetic.ToInt(arguments[index]) : -1;

    private static string TrimPrefix(string text, string prefix) => text.StartsWith(prefix, StringComparison.Ordinal) ? text[prefix.Length..] : text;

    private static string TrimSuffix(string text, string suffix) => text.EndsWith(suffix, StringComparison.Ordinal) ? text[..^suffix.Length] : text;

    private static string Repeat(object?[] arguments)
    {
        var count = GoArithmetic.ToInt(arguments[1]);
        Arguments.Require(count <= 1_000_000, "memory budget exceeded");
        Arguments.Require(count >= 0, "strings: negative Repeat count");
        return string.Concat(Enumerable.Repeat(String(arguments, 0), (int)count));
    }

    private static string Join(object?[] arguments)
    {
        var glue = arguments.Length == 2 ? String(arguments, 1) : "";
        return arguments[0] switch
        {
            string[] items => string.Join(glue, items),
            object?[] items => string.Join(glue, items.Select(GoConversion.ToText)),
            _ => throw new GoPanicException($"invalid argument for join (type {GoType.Of(arguments[0])?.Name ?? "%!s(<nil>)"})"),
        };
    }
}
