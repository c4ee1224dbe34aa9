using System.Globalization;

namespace ArgoRollouts.Analysis.Go;

/// <summary>The %v of fmt for the values of an expression.</summary>
public static class GoFormat
{
    public static string Value(object? value) => value switch
    {
        null => "<nil>",
        bool flag => flag ? "true" : "false",
        double number => GoFloat.General(number),
        string text => text,
        Duration duration => duration.ToString(),
        DateTimeOffset time => GoTimeLayout.Parse("2006-01-02 15:04:05.999999999 -0700").Format(time) + (time.Offset == TimeSpan.Zero ? " UTC" : time.ToString(" zzz")),
        Array items => "[" + string.Join(' ', items.Cast<object?>().Select(Value)) + "]",
        Dictionary<string, object?> map => "map[" + string.Join(' ', map.OrderBy(e => e.Key, StringComparer.Ordinal).Select(e => $"{e.Key}:{Value(e.Value)}")) + "]",
        GoAnyMap map => "map[" + string.Join(' ', map.Entries.Select(e => $"{Value(e.Key)}:{Value(e.Value)}")) + "]",
        GoFunction => "0x0",
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };
}
