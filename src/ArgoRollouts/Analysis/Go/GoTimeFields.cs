using System.Globalization;

namespace ArgoRollouts.Analysis.Go;

/// <summary>What has been read so far of a time that is being parsed by a layout.</summary>
internal sealed class GoTimeFields(TimeZoneInfo zone)
{
    private static readonly DateTimeFormatInfo Names = CultureInfo.InvariantCulture.DateTimeFormat;
    private int year;
    private int month = 1;
    private int day = 1;
    private int hour;
    private int minute;
    private int second;
    private long ticks;
    private bool? afternoon;
    private TimeSpan? offset;

    /// <summary>How many characters of the text the element takes, or -1 when it is not there.</summary>
    public int Read(string element, string text) => element switch
    {
        "2006" => Digits(text, 4, 4, 0, 9999, value => year = value),
        "06" => Digits(text, 2, 2, 0, 99, value => year = value >= 69 ? 1900 + value : 2000 + value),
        "January" => Name(text, Names.MonthNames, value => month = value + 1),
        "Jan" => Name(text, Names.AbbreviatedMonthNames, value => month = value + 1),
        "01" => Digits(text, 2, 2, 1, 12, value => month = value),
        "1" => Digits(text, 1, 2, 1, 12, value => month = value),
        "Monday" => Name(text, Names.DayNames, _ => { }),
        "Mon" => Name(text, Names.AbbreviatedDayNames, _ => { }),
        "02" => Digits(text, 2, 2, 1, 31, value => day = value),
        "_2" when text.StartsWith(' ') => Digits(text[1..], 1, 1, 1, 9, value => day = value) is var read and > 0 ? read + 1 : -1,
        "2" or "_2" => Digits(text, 1, 2, 1, 31, value => day = value),
        "15" => Digits(text, 2, 2, 0, 23, value => hour = value),
        "03" => Digits(text, 2, 2, 0, 12, value => hour = value),
        "3" => Digits(text, 1, 2, 0, 12, value => hour = value),
        "04" => Digits(text, 2, 2, 0, 59, value => minute = value),
        "4" => Digits(text, 1, 2, 0, 59, value => minute = value),
        "05" => Digits(text, 2, 2, 0, 59, value => second = value),
        "5" => Digits(text, 1, 2, 0, 59, value => second = value),
        "PM" => Name(text, ["AM", "PM"], value => afternoon = value == 1),
        "pm" => Name(text, ["am", "pm"], value => afternoon = value == 1),
        "MST" => Abbreviation(text),
        _ when element[0] is '.' or ',' => Fraction(element, text),
        _ when element[0] == 'Z' && text.StartsWith('Z') => Zulu(),
        _ => Offset(element, text),
    };

    public DateTimeOffset ToTime(string text)
    {
        var clock = afternoon is null ? hour : hour % 12 + (afternoon.Value ? 12 : 0);
        if (year is < 1 or > 9999)
        {
            year = 1; // a layout without a year means year 0, which .NET does not have
        }
        if (day > DateTime.DaysInMonth(year, month))
        {
            throw new GoPanicException($"parsing time {GoQuote.Quote(text)}: day out of range");
        }
        var local = new DateTime(year, month, day, clock, minute, second, DateTimeKind.Unspecified).AddTicks(ticks);
        return new(local, offset ?? zone.GetUtcOffset(local));
    }

    private static int Digits(string text, int min, int max, int smallest, int largest, Action<int> set)
    {
        var count = text.Take(max).TakeWhile(char.IsAsciiDigit).Count();
        if (count < min || int.Parse(text.AsSpan(0, count), NumberStyles.None, CultureInfo.InvariantCulture) is var value && (value < smallest || value > largest))
        {
            return -1;
        }
        set(value);
        return count;
    }

    private static int Name(string text, string[] names, Action<int> set)
    {
        var index = Array.FindIndex(names, name => name.Length > 0 && text.StartsWith(name, StringComparison.OrdinalIgnoreCase));
        if (index < 0)
        {
            return -1;
        }
        set(index);
        return names[index].Length;
    }

    private int Abbreviation(string text)
    {
        var length = text.TakeWhile(char.IsAsciiLetterUpper).Count();
        // an abbreviation that is not known names a zone of its own at UTC
        offset ??= length is >= 3 and <= 5 ? TimeSpan.Zero : null;
        return length is >= 3 and <= 5 ? length : -1;
    }

    private int Fraction(string element, string text)
    {
        var digits = text.Length > 0 && text[0] is '.' or ',' ? text.Skip(1).TakeWhile(char.IsAsciiDigit).Count() : 0;
        if (digits == 0 || (element[1] == '0' && digits != element.Length - 1))
        {
            return element[1] == '9' ? 0 : -1;
        }
        ticks = long.Parse(text.AsSpan(1, Math.Min(digits, 7)), NumberStyles.None, CultureInfo.InvariantCulture);
        ticks *= (long)Math.Pow(10, 7 - Math.Min(digits, 7));
        return digits + 1;
    }

    private int Zulu()
    {
        offset = TimeSpan.Zero;
        return 1;
    }

    private int Offset(string element, string text)
    {
        var length = element.Length;
        if (text.Length < length || text[0] is not ('+' or '-'))
        {
            return -1;
        }
        var digits = text[1..length].Replace(":", "");
        if (!digits.All(char.IsAsciiDigit))
        {
            return -1;
        }
        var span = new TimeSpan(int.Parse(digits[..2], CultureInfo.InvariantCulture), digits.Length > 2 ? int.Parse(digits[2..4], CultureInfo.InvariantCulture) : 0, 0);
        offset = text[0] == '-' ? -span : span;
        return length;
    }
}
