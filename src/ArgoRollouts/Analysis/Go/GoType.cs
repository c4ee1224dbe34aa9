namespace ArgoRollouts.Analysis.Go;

/// <summary>
/// A Go type as reflect.Type names it, so that messages read as upstream's do. The type of nil is null.
/// Values are held as: int <see cref="nint"/>, int64 <see cref="long"/>, uint8 <see cref="byte"/>, float64 <see cref="double"/>,
/// []interface {} <c>object?[]</c>, []float64 <c>double[]</c>, []int <c>nint[]</c>, []string <c>string[]</c>,
/// map[string]interface {} <c>Dictionary&lt;string, object?&gt;</c>, map[interface {}]… <see cref="GoAnyMap"/>,
/// time.Time <see cref="DateTimeOffset"/>, time.Duration <see cref="Duration"/>, functions <see cref="GoFunction"/>.
/// </summary>
public sealed record GoType(GoKind Kind, string Name)
{
    public static readonly GoType Bool = new(GoKind.Bool, "bool");
    public static readonly GoType Int = new(GoKind.Int, "int");
    public static readonly GoType Int64 = new(GoKind.Int64, "int64");
    public static readonly GoType Uint8 = new(GoKind.Uint8, "uint8");
    public static readonly GoType Float64 = new(GoKind.Float64, "float64");
    public static readonly GoType String = new(GoKind.String, "string");
    public static readonly GoType Any = new(GoKind.Interface, "interface {}");
    public static readonly GoType Time = new(GoKind.Struct, "time.Time");
    public static readonly GoType Duration = new(GoKind.Int64, "time.Duration");
    public static readonly GoType AnySlice = SliceOf(Any);
    public static readonly GoType StringSlice = SliceOf(String);
    public static readonly GoType IntSlice = SliceOf(Int);
    public static readonly GoType Float64Slice = SliceOf(Float64);
    public static readonly GoType StringMap = MapOf(String, Any);
    public static readonly GoType AnyMap = MapOf(Any, Any);
    public static readonly GoType GroupMap = MapOf(Any, AnySlice);

    /// <summary>The type that every built-in has when it is named but not called.</summary>
    public static readonly GoType Function = new(GoKind.Func, "func(...interface {}) (interface {}, error)") { Result = Any };

    /// <summary>Type of the elements of a slice or map.</summary>
    public GoType? Element { get; init; }

    public GoType? Key { get; init; }

    public IReadOnlyList<GoType> Parameters { get; init; } = [];

    public GoType? Result { get; init; }

    public static GoType SliceOf(GoType element) => new(GoKind.Slice, "[]" + element.Name) { Element = element };

    public static GoType MapOf(GoType key, GoType element) =>
        new(GoKind.Map, $"map[{key.Name}]{element.Name}") { Key = key, Element = element };

    public static GoType FunctionOf(GoType result, params GoType[] parameters) =>
        new(GoKind.Func, $"func({string.Join(", ", parameters.Select(p => p.Name))}) {result.Name}") { Result = result, Parameters = parameters };

    public bool IsAssignableTo(GoType target) => target.Kind == GoKind.Interface || Equals(target);

    /// <summary>Go's types are the same when their full names are.</summary>
    public bool Equals(GoType? other) => other is not null && Kind == other.Kind && Name == other.Name;

    public override int GetHashCode() => HashCode.Combine(Kind, Name);

    public override string ToString() => Name;

    /// <summary>The type of a value, or null for nil.</summary>
    public static GoType? Of(object? value) => value switch
    {
        null => null,
        bool => Bool,
        nint => Int,
        long => Int64,
        byte => Uint8,
        double => Float64,
        string => String,
        string[] => StringSlice,
        nint[] => IntSlice,
        double[] => Float64Slice,
        object?[] => AnySlice,
        Dictionary<string, object?> => StringMap,
        GoAnyMap map => map.Type,
        DateTimeOffset => Time,
        Go.Duration => Duration,
        GoFunction function => function.Type,
        _ => throw new ArgumentException($"no Go type stands for {value.GetType()}", nameof(value)),
    };

    /// <summary>As %T and %v print a type: nil is &lt;nil&gt;.</summary>
    public static string NameOf(GoType? type) => type?.Name ?? "<nil>";

    /// <summary>The type of a value as %T prints it.</summary>
    public static string NameOfValue(object? value) => NameOf(Of(value));
}
