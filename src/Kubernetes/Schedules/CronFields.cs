using System.Globalization;

namespace Kubernetes.Schedules;

/// <summary>
/// What is wrong with the fields of a schedule, in the words and the order of the parser that upstream uses (robfig/cron v3, <c>parser.go</c>):
/// a part is a number, a range or a star, with or without a step, and parts are separated by commas.
/// </summary>
internal static class CronFields
{
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly (int Min, int Max, string[] Names)[] Bounds = [(0, 59, []), (0, 23, []), (1, 31, []), (1, 12, Months), (0, 6, Days)];

    private static readonly string[] Descriptors = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

    /// <param name="fields">Minute, hour, day of the month, month, day of the week.</param>
    /// <exception cref="FormatException">The first part that cannot be.</exception>
    public static void Check(IReadOnlyList<string> fields)
    {
        if (fields.Count != Bounds.Length)
        {
            throw new FormatException($"expected exactly 5 fields, found {fields.Count}: [{string.Join(' ', fields)}]");
        }

        for (var index = 0; index < fields.Count; index++)
        {
            foreach (var part in fields[index].Split(',', StringSplitOptions.RemoveEmptyEntries))
            {
                Part(part, Bounds[index]);
            }
        }
    }

    /// <exception cref="FormatException">There is no such shorthand.</exception>
    public static void CheckDescriptor(string text)
    {
        if (!Descriptors.Contains(text))
        {
            throw new FormatException($"unrecognized descriptor: {text}");
        }
    }

    private static void Part(string part, (int Min, int Max, string[] Names) bounds)
    {
        var rangeAndStep = part.Split('/');
        var ends = rangeAndStep[0].Split('-');
        var (start, end) = (bounds.Min, bounds.Max);
        if (ends[0] is not ("*" or "?"))
        {
            start = NumberOrName(ends[0], bounds);
            end = ends.Length switch
            {
                1 => start,
                2 => NumberOrName(ends[1], bounds),
                _ => throw new FormatException($"too many hyphens: {part}"),
            };
        }

        if (rangeAndStep.Length > 2)
        {
            throw new FormatException($"too many slashes: {part}");
        }

        var step = rangeAndStep.Length == 2 ? Number(rangeAndStep[1]) : 1;
        end = rangeAndStep.Length == 2 && ends.Length == 1 ? bounds.Max : end; // N/step means N-max/step
        var problem = start < bounds.Min ? $"beginning of range ({start}) below minimum ({bounds.Min})"
            : end > bounds.Max ? $"end of range ({end}) above maximum ({bounds.Max})"
            : start > end ? $"beginning of range ({start}) beyond end of range ({end})"
            : step == 0 ? "step of range should be a positive number"
            : null;
        if (problem is not null)
        {
            throw new FormatException($"{problem}: {part}");
        }
    }

    private static int NumberOrName(string text, (int Min, int Max, string[] Names) bounds)
        => Array.IndexOf(bounds.Names, text.ToLowerInvariant()) is var index and >= 0 ? bounds.Min + index : Number(text);

    private static int Number(string text)
    {
        if (!int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
        {
            throw new FormatException($"failed to parse int from {text}: strconv.Atoi: parsing \"{text}\": invalid syntax");
        }

        return number >= 0 ? number : throw new FormatException($"negative number ({number}) not allowed: {text}");
    }
}
