namespace Kubernetes.Cel.Functions;

/// <summary>All functions by name: those called alone, and those called on a value, which is then their first argument.</summary>
internal static class FunctionTable
{
    private static readonly Dictionary<string, Func<object?[], object?>> Functions = new();
    private static readonly Dictionary<string, Func<object?[], object?>> Members = new();

    static FunctionTable()
    {
        OperatorFunctions.AddTo(Functions);
        ConversionFunctions.AddTo(Functions);
        TimeFunctions.AddTo(Members);
        StringFunctions.AddTo(Functions, Members);
        ListFunctions.AddTo(Functions, Members);
        QuantityFunctions.AddTo(Functions, Members);
        NetworkFunctions.AddTo(Functions, Members);
        OptionalFunctions.AddTo(Functions, Members);
        AuthorizerFunctions.AddTo(Members);
    }

    public static Func<object?[], object?>? Find(string name) => Functions.GetValueOrDefault(name);

    public static Func<object?[], object?>? FindMember(string name) => Members.GetValueOrDefault(name);
}
