using System.Globalization;

namespace Kubernetes.Api.Schemas;

/// <summary>Times as meta/v1 Time and MicroTime write them: RFC 3339 in UTC, with no or six digits of a second.</summary>
internal static class Times
{
    private const string Seconds = "yyyy-MM-dd'T'HH:mm:ss'Z'";
    private const string Micros = "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'";

    private static readonly string[] Accepted = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK"];

    /// <summary>Null: not RFC 3339. What is finer than the type is cut off.</summary>
    public static string? Canonical(string text, int digits)
    {
        const DateTimeStyles utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        var format = digits == 0 ? Seconds : Micros;
        if (DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, utc, out _))
        {
            return text;
        }
        return HasZone(text) && DateTime.TryParseExact(Cut(text), Accepted, CultureInfo.InvariantCulture, utc, out var time)
            ? time.ToString(format, CultureInfo.InvariantCulture)
            : null;
    }

    private static bool HasZone(string text) => text.EndsWith('Z') || (text.Length > 6 && text[^6] is '+' or '-');

    /// <summary>Go writes up to nine digits of a second, this platform reads seven.</summary>
    private static string Cut(string text)
    {
        var point = text.IndexOf('.');
        var end = point + 1;
        while (point >= 0 && end < text.Length && char.IsAsciiDigit(text[end]))
        {
            end++;
        }
        return point >= 0 && end - point > 8 ? text[..(point + 8)] + text[end..] : text;
    }
}
