using System.Text;
using ArgoRollouts.Analysis.Go;

namespace ArgoRollouts.Analysis.Expressions.Builtins;

/// <summary>type, string, JSON, Base64, and times: the reading of the clock itself is the evaluator's.</summary>
internal static class FormatBuiltins
{
    private static readonly string[] DateLayouts =
    [
        "2006-01-02", "15:04:05", "2006-01-02 15:04:05", "2006-01-02T15:04:05Z07:00", "02 Jan 06 15:04 MST", "Monday, 02-Jan-06 15:04:05 MST",
        "Mon, 02 Jan 2006 15:04:05 MST",
    ];

    public static IEnumerable<Builtin> All =>
    [
        new("type", a => TypeName(a[0])) { Signatures = [GoType.FunctionOf(GoType.String, GoType.Any)] },
        new("string", a => GoFormat.Value(a[0])) { Signatures = [GoType.FunctionOf(GoType.String, GoType.Any)] },
        new("toJSON", a => GoJsonWriter.Write(a[0], "  ")) { Signatures = [GoType.FunctionOf(GoType.String, GoType.Any)] },
        new("fromJSON", a => GoJsonReader.Read(GoConversion.ToText(a[0]))) { Signatures = [GoType.FunctionOf(GoType.Any, GoType.String)] },
        new("toBase64", a => Convert.ToBase64String(Encoding.UTF8.GetBytes(GoConversion.ToText(a[0])))) { Signatures = [TextToText] },
        new("fromBase64", a => FromBase64(GoConversion.ToText(a[0]))) { Signatures = [TextToText] },
        new("duration", a => Duration.Parse(GoConversion.ToText(a[0]))) { Signatures = [GoType.FunctionOf(GoType.Duration, GoType.String)] },
        new("date", Date)
        {
            Signatures =
            [
                GoType.FunctionOf(GoType.Time, GoType.String), GoType.FunctionOf(GoType.Time, GoType.String, GoType.String),
                GoType.FunctionOf(GoType.Time, GoType.String, GoType.String, GoType.String),
            ],
        },
        new(BuiltinTable.Now, _ => throw new InvalidOperationException("the evaluator reads the clock")) { Signatures = [GoType.FunctionOf(GoType.Time)] },
    ];

    private static GoType TextToText => GoType.FunctionOf(GoType.String, GoType.String);

    private static string TypeName(object? value) => GoType.Of(value) switch
    {
        null => "nil",
        { Name: var name } when name is "time.Time" or "time.Duration" => name,
        { Kind: GoKind.Int64 } => "int",
        { Kind: GoKind.Uint8 } => "uint",
        { Kind: GoKind.Float64 } => "float",
        { Kind: GoKind.Slice } => "array",
        var type => type.Kind.ToString().ToLowerInvariant(),
    };

    private static string FromBase64(string text)
    {
        var clean = text.Replace("\r", "").Replace("\n", "");
        var bytes = new byte[clean.Length];
        if (clean.Contains(' ') || clean.Contains('\t') || !Convert.TryFromBase64String(clean, bytes, out var written))
        {
            var at = text.TakeWhile(c => char.IsAsciiLetterOrDigit(c) || c is '+' or '/').Count();
            throw new GoPanicException($"illegal base64 data at input byte {at}");
        }
        return Encoding.UTF8.GetString(bytes, 0, written);
    }

    private static object Date(object?[] arguments)
    {
        var text = GoConversion.ToText(arguments[0]);
        if (arguments.Length > 1)
        {
            return GoTimeLayout.Parse(GoConversion.ToText(arguments[1])).ParseTime(text, arguments.Length > 2 ? Zone(GoConversion.ToText(arguments[2])) : TimeZoneInfo.Utc);
        }
        foreach (var layout in DateLayouts)
        {
            try
            {
                return GoTimeLayout.Parse(layout).ParseTime(text, TimeZoneInfo.Utc);
            }
            catch (GoPanicException)
            {
                // the next layout may fit
            }
        }
        throw new GoPanicException($"invalid date {text}");
    }

    private static TimeZoneInfo Zone(string name) => name switch
    {
        "" or "UTC" => TimeZoneInfo.Utc,
        "Local" => TimeZoneInfo.Local,
        _ when TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) => zone,
        _ => throw new GoPanicException($"unknown time zone {name}"),
    };
}
