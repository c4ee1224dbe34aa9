using ArgoRollouts.Analysis.Expressions.Builtins;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Checking;

/// <summary>What the checker knows of a node.</summary>
/// <param name="Type">Its type; null for nil.</param>
/// <param name="Element">Type of all elements of a literal list, when they agree: such a list is []interface {} itself.</param>
/// <param name="Function">The built-in function that is named, when one is.</param>
internal readonly record struct Checked(GoType? Type, GoType? Element = null, Builtin? Function = null)
{
    public static implicit operator Checked(GoType? type) => new(type);
}
