namespace ArgoRollouts.Analysis.Go;

/// <summary>The equality of the expression language, and Go's reflect.DeepEqual beneath it.</summary>
public static class GoEquality
{
    /// <summary>Numbers by value whatever their types; everything else deeply, and only when the types are the same.</summary>
    public static bool AreEqual(object? left, object? right)
    {
        if (GoArithmetic.IsNumber(left) && GoArithmetic.IsNumber(right))
        {
            return GoArithmetic.Compare(left!, right!) == 0;
        }
        return (left, right) is (DateTimeOffset one, DateTimeOffset other) ? one.UtcTicks == other.UtcTicks : DeepEqual(left, right);
    }

    /// <summary>Equal in type and content: []float64{1} is not []interface {}{1.0}, and NaN is never equal.</summary>
    public static bool DeepEqual(object? left, object? right)
    {
        if (left is null || right is null)
        {
            return left is null && right is null;
        }
        if (!GoType.Of(left)!.Equals(GoType.Of(right)))
        {
            return false;
        }
        return (left, right) switch
        {
            (double one, double other) => one == other,
            (Array one, Array other) => one.Length == other.Length && one.Cast<object?>().Zip(other.Cast<object?>()).All(pair => DeepEqual(pair.First, pair.Second)),
            (Dictionary<string, object?> one, Dictionary<string, object?> other) =>
                one.Count == other.Count && one.All(entry => other.TryGetValue(entry.Key, out var value) && DeepEqual(entry.Value, value)),
            (GoAnyMap one, GoAnyMap other) =>
                one.Entries.Count == other.Entries.Count && one.Entries.All(entry => other.TryGet(entry.Key, out var value) && DeepEqual(entry.Value, value)),
            (GoFunction, GoFunction) => false,
            _ => left.Equals(right),
        };
    }
}
