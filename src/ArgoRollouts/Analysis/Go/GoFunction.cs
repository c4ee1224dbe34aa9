namespace ArgoRollouts.Analysis.Go;

/// <summary>A function an expression can call: its Go type, and what it does.</summary>
public sealed record GoFunction(GoType Type, Func<object?[], object?> Invoke)
{
    /// <summary>Calls it as reflect.Value.Call and the typed calls of the expression language do, with their panics.</summary>
    public object? Call(object?[] arguments)
    {
        if (arguments.Length != Type.Parameters.Count)
        {
            throw new GoPanicException($"reflect: Call with too {(arguments.Length < Type.Parameters.Count ? "few" : "many")} input arguments");
        }
        for (var i = 0; i < arguments.Length; i++)
        {
            var wanted = Type.Parameters[i];
            if (wanted.Kind != GoKind.Interface && !wanted.Equals(GoType.Of(arguments[i])))
            {
                throw GoConversion.NotOfType(arguments[i], wanted);
            }
        }
        return Invoke(arguments);
    }
}
