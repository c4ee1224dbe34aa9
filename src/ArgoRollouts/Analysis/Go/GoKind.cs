namespace ArgoRollouts.Analysis.Go;

/// <summary>The kinds of reflect.Kind that the value of an expression can have.</summary>
public enum GoKind
{
    Bool,
    Int,
    Int64,
    Uint8,
    Float64,
    Func,
    Interface,
    Map,
    Slice,
    String,
    Struct,
}
