using System.Globalization;

namespace EmbeddedCluster.Images.Rollouts;

/// <summary>A flag with a port among a program's arguments, as <c>--flag=N</c> or <c>--flag N</c>. Releases differ in its capital letters: it is read in either.</summary>
internal static class PortFlag
{
    public static int Read(IReadOnlyList<string> arguments, string flag, int otherwise)
    {
        for (var index = 0; index < arguments.Count; index++)
        {
            var value = arguments[index].StartsWith($"{flag}=", StringComparison.OrdinalIgnoreCase) ? arguments[index][(flag.Length + 1)..]
                : Is(arguments[index], flag) && index + 1 < arguments.Count ? arguments[index + 1]
                : null;
            if (int.TryParse(value, CultureInfo.InvariantCulture, out var port))
            {
                return port;
            }
        }

        return otherwise;
    }

    /// <summary>The arguments with another port; added when the flag is not among them.</summary>
    public static IReadOnlyList<string> Write(IReadOnlyList<string> arguments, string flag, int port)
    {
        var written = new List<string>();
        for (var index = 0; index < arguments.Count; index++)
        {
            if (Is(arguments[index], flag))
            {
                index++; // its value
            }
            else if (!arguments[index].StartsWith($"{flag}=", StringComparison.OrdinalIgnoreCase))
            {
                written.Add(arguments[index]);
            }
        }

        written.Add(string.Create(CultureInfo.InvariantCulture, $"{flag}={port}"));
        return written;
    }

    private static bool Is(string argument, string flag) => argument.Equals(flag, StringComparison.OrdinalIgnoreCase);
}
