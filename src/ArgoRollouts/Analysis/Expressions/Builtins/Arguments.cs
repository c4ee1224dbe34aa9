using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Builtins;

/// <summary>Checks that several built-in functions make of the types of their arguments.</summary>
internal static class Arguments
{
    public static bool IsAny(GoType? type) => type?.Kind == GoKind.Interface;

    public static bool IsInteger(GoType? type) => type?.Kind is GoKind.Int or GoKind.Int64 or GoKind.Uint8;

    public static bool IsNumber(GoType? type) => IsInteger(type) || type?.Kind == GoKind.Float64;

    public static bool IsAnyOr(GoType? type, params ReadOnlySpan<GoKind> kinds) => type is not null && (IsAny(type) || kinds.Contains(type.Kind));

    public static void Count(IReadOnlyList<GoType?> arguments, int wanted) => Count(arguments, wanted, wanted, $"{wanted}");

    public static void Count(IReadOnlyList<GoType?> arguments, int least, int most, string wanted)
    {
        if (arguments.Count < least || arguments.Count > most)
        {
            throw new GoPanicException($"invalid number of arguments (expected {wanted}, got {arguments.Count})");
        }
    }

    public static void Require(bool condition, string message)
    {
        if (!condition)
        {
            throw new GoPanicException(message);
        }
    }
}
