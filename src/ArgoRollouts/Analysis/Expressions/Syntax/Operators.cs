namespace ArgoRollouts.Analysis.Expressions.Syntax;

/// <summary>Precedence of the operators; higher binds tighter. All associate to the left but the two of power.</summary>
internal static class Operators
{
    public static readonly Dictionary<string, int> Unary = new() { ["not"] = 50, ["!"] = 50, ["-"] = 90, ["+"] = 90 };

    public static readonly Dictionary<string, int> Binary = new()
    {
        ["|"] = 0,
        ["or"] = 10,
        ["||"] = 10,
        ["and"] = 15,
        ["&&"] = 15,
        ["=="] = 20,
        ["!="] = 20,
        ["<"] = 20,
        [">"] = 20,
        [">="] = 20,
        ["<="] = 20,
        ["in"] = 20,
        ["matches"] = 20,
        ["contains"] = 20,
        ["startsWith"] = 20,
        ["endsWith"] = 20,
        [".."] = 25,
        ["+"] = 30,
        ["-"] = 30,
        ["*"] = 60,
        ["/"] = 60,
        ["%"] = 60,
        ["**"] = 100,
        ["^"] = 100,
        ["??"] = 500,
    };

    public static bool IsRightAssociative(string name) => name is "**" or "^";
}
