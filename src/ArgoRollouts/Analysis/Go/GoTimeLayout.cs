using System.Globalization;

namespace ArgoRollouts.Analysis.Go;

/// <summary>A layout of Go's time package: the reference time Mon Jan 2 15:04:05 MST 2006 written the wanted way.</summary>
public sealed class GoTimeLayout
{
    // longest first, so that January is not read as Jan and 2006 not as 2
    private static readonly string[] Elements =
    [
        "January", "Monday", "Z07:00:00", "-07:00:00", "Z07:00", "-07:00", "Z0700", "-0700", "2006", "Jan", "Mon", "MST", "Z07", "-07", "__2", "002",
        "01", "02", "03", "04", "05", "06", "15", "PM", "pm", "_2", "1", "2", "3", "4", "5",
    ];

    private readonly string layout;
    private readonly List<(string Text, bool IsElement)> parts = [];

    private GoTimeLayout(string layout)
    {
        this.layout = layout;
        for (var i = 0; i < layout.Length;)
        {
            var element = Elements.FirstOrDefault(e => string.CompareOrdinal(layout, i, e, 0, e.Length) == 0) ?? Fraction(layout, i);
            parts.Add(element is null ? (layout[i].ToString(), false) : (element, true));
            i += element?.Length ?? 1;
        }
    }

    public static GoTimeLayout Parse(string layout) => new(layout);

    /// <summary>time.Time.Format.</summary>
    public string Format(DateTimeOffset time) => string.Concat(parts.Select(part => part.IsElement ? Format(time, part.Text) : part.Text));

    /// <summary>time.ParseInLocation: without a zone in the text it is a time in the given one.</summary>
    /// <exception cref="GoPanicException">parsing time "…" as "…": cannot parse "…" as "…"</exception>
    public DateTimeOffset ParseTime(string text, TimeZoneInfo zone)
    {
        var fields = new GoTimeFields(zone);
        var rest = text;
        foreach (var (part, isElement) in parts)
        {
            var read = isElement ? fields.Read(part, rest) : rest.StartsWith(part, StringComparison.Ordinal) ? part.Length : -1;
            if (read < 0)
            {
                throw new GoPanicException(
                    $"parsing time {GoQuote.Quote(text)} as {GoQuote.Quote(layout)}: cannot parse {GoQuote.Quote(rest)} as {GoQuote.Quote(part)}");
            }
            rest = rest[read..];
            // a fraction may follow the seconds although the layout has none
            rest = part == "05" ? rest[Math.Max(0, fields.Read(".999999999", rest))..] : rest;
        }
        return rest.Length > 0
            ? throw new GoPanicException($"parsing time {GoQuote.Quote(text)}: extra text: {GoQuote.Quote(rest)}")
            : fields.ToTime(text);
    }

    private static string? Fraction(string layout, int index)
    {
        if (layout[index] is not ('.' or ',') || index + 1 >= layout.Length || layout[index + 1] is not ('0' or '9'))
        {
            return null;
        }
        var end = index + 1;
        while (end < layout.Length && layout[end] == layout[index + 1])
        {
            end++;
        }
        return end < layout.Length && char.IsAsciiDigit(layout[end]) ? null : layout[index..end];
    }

    private static string Format(DateTimeOffset time, string element) => element switch
    {
        "2006" => time.ToString("yyyy", CultureInfo.InvariantCulture),
        "06" => time.ToString("yy", CultureInfo.InvariantCulture),
        "January" => time.ToString("MMMM", CultureInfo.InvariantCulture),
        "Jan" => time.ToString("MMM", CultureInfo.InvariantCulture),
        "01" => time.ToString("MM", CultureInfo.InvariantCulture),
        "1" => $"{time.Month}",
        "Monday" => time.DayOfWeek.ToString(),
        "Mon" => time.DayOfWeek.ToString()[..3],
        "02" => $"{time.Day:00}",
        "_2" => $"{time.Day,2}",
        "2" => $"{time.Day}",
        "002" => $"{time.DayOfYear:000}",
        "__2" => $"{time.DayOfYear,3}",
        "15" => $"{time.Hour:00}",
        "03" => $"{(time.Hour + 11) % 12 + 1:00}",
        "3" => $"{(time.Hour + 11) % 12 + 1}",
        "04" => $"{time.Minute:00}",
        "4" => $"{time.Minute}",
        "05" => $"{time.Second:00}",
        "5" => $"{time.Second}",
        "PM" => time.Hour >= 12 ? "PM" : "AM",
        "pm" => time.Hour >= 12 ? "pm" : "am",
        "MST" => time.Offset == TimeSpan.Zero ? "UTC" : Offset(time.Offset, ""),
        _ when element[0] is '.' or ',' => FormatFraction(time, element),
        _ when element[0] == 'Z' && time.Offset == TimeSpan.Zero => "Z",
        "Z07" or "-07" => Offset(time.Offset, "")[..3],
        _ => Offset(time.Offset, element.Contains(':') ? ":" : "") + (element.EndsWith(":00:00", StringComparison.Ordinal) ? ":00" : ""),
    };

    private static string Offset(TimeSpan offset, string colon) => $"{(offset < TimeSpan.Zero ? '-' : '+')}{offset:hh}{colon}{offset:mm}";

    private static string FormatFraction(DateTimeOffset time, string element)
    {
        var nanoseconds = (time.Ticks % TimeSpan.TicksPerSecond * TimeSpan.NanosecondsPerTick).ToString("000000000", CultureInfo.InvariantCulture);
        var digits = nanoseconds[..Math.Min(element.Length - 1, 9)];
        digits = element[1] == '9' ? digits.TrimEnd('0') : digits;
        return digits.Length == 0 ? "" : element[0] + digits;
    }
}
