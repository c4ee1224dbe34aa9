using System.Collections;

namespace Conformance.Running;

/// <summary>The environment of the process as the options are read from it.</summary>
internal static class Settings
{
    public static Dictionary<string, string> Environment() => System.Environment.GetEnvironmentVariables()
        .Cast<DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "");
}
