using System.Runtime.InteropServices;

namespace ArgoRollouts.Analysis.Expressions.Syntax;

/// <summary>A place in an expression: lines count from 1, columns from 0, in Unicode code points.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Location(int Line, int Column)
{
    /// <summary>Line and column, both counted from 1.</summary>
    public override string ToString() => $"{Line}:{Column + 1}";
}
