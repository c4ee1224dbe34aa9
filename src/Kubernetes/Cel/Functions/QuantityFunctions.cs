using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Functions;

/// <summary>Kubernetes' library for quantities (apiserver pkg/cel/library/quantity.go).</summary>
internal static class QuantityFunctions
{
    public static void AddTo(Dictionary<string, Func<object?[], object?>> functions, Dictionary<string, Func<object?[], object?>> members)
    {
        functions["quantity"] = values => Quantity.Parse(Texts.Of(values[0]));
        functions["isQuantity"] = values => Succeeds(() => Quantity.Parse(Texts.Of(values[0])));
        members["add"] = values => new Quantity(Amount(values[0]) + Other(values[1]));
        members["sub"] = values => new Quantity(Amount(values[0]) - Other(values[1]));
        members["sign"] = values => (long)Math.Sign(Amount(values[0]));
        members["isGreaterThan"] = values => Amount(values[0]) > Amount(values[1]);
        members["isLessThan"] = values => Amount(values[0]) < Amount(values[1]);
        members["compareTo"] = values => (long)Amount(values[0]).CompareTo(Amount(values[1]));
        members["isInteger"] = values => IsWhole(Amount(values[0]));
        members["asInteger"] = values => Amount(values[0]) is var amount && IsWhole(amount) ? (long)amount : throw new CelException("cannot convert value to integer");
        members["asApproximateFloat"] = values => (double)Amount(values[0]);
    }

    internal static bool Succeeds(Func<object> parse)
    {
        try
        {
            parse();
            return true;
        }
        catch (CelException)
        {
            return false;
        }
    }

    private static decimal Amount(object? value) => (value as Quantity ?? throw CelException.NoOverload()).Amount;

    private static decimal Other(object? value) => value is long number ? number : Amount(value);

    private static bool IsWhole(decimal amount) => amount == decimal.Truncate(amount) && amount is >= long.MinValue and <= long.MaxValue;
}
