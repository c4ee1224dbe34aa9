using ArgoRollouts.Analysis.Go;
using static ArgoRollouts.Analysis.Expressions.Builtins.Arguments;

namespace ArgoRollouts.Analysis.Expressions.Checking;

/// <summary>Which types an operator takes and which it gives (antonmedv/expr v1.15.5, checker). A result of null means it does not take them.</summary>
internal static class TypeRules
{
    public static bool IsText(GoType? type) => type?.Kind == GoKind.String;

    public static bool IsBool(GoType? type) => type?.Kind == GoKind.Bool;

    public static bool IsTime(GoType? type) => GoType.Time.Equals(type);

    public static bool IsDuration(GoType? type) => GoType.Duration.Equals(type);

    public static bool IsList(GoType? type) => type?.Kind == GoKind.Slice;

    /// <summary>nil compares with everything, numbers with each other, an unknown type with any.</summary>
    public static bool AreComparable(GoType? left, GoType? right) =>
        left is null || right is null || left.Kind == right.Kind || (IsNumber(left) && IsNumber(right)) || IsAny(left) || IsAny(right);

    /// <summary>Both unknown, or one unknown and the other one of those that the operator takes.</summary>
    public static bool OneIsUnknown(GoType? left, GoType? right, params ReadOnlySpan<Func<GoType?, bool>> accepted)
    {
        if (IsAny(left) && IsAny(right))
        {
            return true;
        }
        var known = IsAny(left) ? right : IsAny(right) ? left : null;
        foreach (var accepts in accepted)
        {
            if (known is not null && accepts(known))
            {
                return true;
            }
        }
        return false;
    }

    public static GoType? Binary(string operation, GoType? left, GoType? right) => operation switch
    {
        "==" or "!=" => AreComparable(left, right) ? GoType.Bool : null,
        "or" or "||" or "and" or "&&" => (IsBool(left) && IsBool(right)) || OneIsUnknown(left, right, IsBool) ? GoType.Bool : null,
        "<" or ">" or ">=" or "<=" => IsOrdered(left, right) ? GoType.Bool : null,
        "-" => Subtraction(left, right),
        "+" => Addition(left, right),
        "*" => IsNumber(left) && IsNumber(right) ? Combined(left!, right!) : OneIsUnknown(left, right, IsNumber) ? GoType.Any : null,
        "/" or "**" or "^" => (IsNumber(left) && IsNumber(right)) || OneIsUnknown(left, right, IsNumber) ? GoType.Float64 : null,
        "%" => IsInteger(left) && IsInteger(right) ? Combined(left!, right!) : OneIsUnknown(left, right, IsInteger) ? GoType.Any : null,
        "matches" or "contains" or "startsWith" or "endsWith" => (IsText(left) && IsText(right)) || OneIsUnknown(left, right, IsText) ? GoType.Bool : null,
        ".." => (IsInteger(left) && IsInteger(right)) || OneIsUnknown(left, right, IsInteger) ? GoType.IntSlice : null,
        _ => null,
    };

    /// <summary>left ?? right.</summary>
    public static GoType? Coalesce(GoType? left, GoType? right) =>
        left is null ? right : right is null || right.IsAssignableTo(left) ? left : GoType.Any;

    private static bool IsOrdered(GoType? left, GoType? right) =>
        (IsNumber(left) && IsNumber(right)) || (IsText(left) && IsText(right)) || (IsTime(left) && IsTime(right))
        || OneIsUnknown(left, right, IsNumber, IsText, IsTime);

    private static GoType? Subtraction(GoType? left, GoType? right) => (left, right) switch
    {
        _ when IsNumber(left) && IsNumber(right) => Combined(left!, right!),
        _ when IsTime(left) && IsTime(right) => GoType.Duration,
        _ when IsTime(left) && IsDuration(right) => GoType.Time,
        _ => OneIsUnknown(left, right, IsNumber, IsTime) ? GoType.Any : null,
    };

    private static GoType? Addition(GoType? left, GoType? right) => (left, right) switch
    {
        _ when IsNumber(left) && IsNumber(right) => Combined(left!, right!),
        _ when IsText(left) && IsText(right) => GoType.String,
        _ when (IsTime(left) && IsDuration(right)) || (IsDuration(left) && IsTime(right)) => GoType.Time,
        _ => OneIsUnknown(left, right, IsNumber, IsText, IsTime, IsDuration) ? GoType.Any : null,
    };

    private static GoType Combined(GoType left, GoType right) =>
        left.Kind == right.Kind ? left : left.Kind == GoKind.Float64 || right.Kind == GoKind.Float64 ? GoType.Float64 : GoType.Int;
}
