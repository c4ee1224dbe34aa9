namespace ArgoCd.Applications;

/// <summary>Something the user should know about an application.</summary>
internal sealed record ApplicationCondition
{
    public string Type { get; init; } = "";

    public string Message { get; init; } = "";

    public DateTimeOffset? LastTransitionTime { get; init; }

    public static ApplicationCondition Of(string type, string message) => new() { Type = type, Message = message };
}

/// <summary>Types of conditions, and how they replace each other.</summary>
internal static class ApplicationConditions
{
    public const string ComparisonError = "ComparisonError";
    public const string InvalidSpecError = "InvalidSpecError";
    public const string SyncError = "SyncError";
    public const string DeletionError = "DeletionError";
    public const string UnknownError = "UnknownError";
    public const string SharedResourceWarning = "SharedResourceWarning";
    public const string RepeatedResourceWarning = "RepeatedResourceWarning";
    public const string ExcludedResourceWarning = "ExcludedResourceWarning";
    public const string OrphanedResourceWarning = "OrphanedResourceWarning";

    /// <summary>
    /// Replaces the conditions of the evaluated types by the found ones; one that says the same as before keeps its time
    /// (<c>ApplicationStatus.SetConditions</c>).
    /// </summary>
    public static IReadOnlyList<ApplicationCondition>? Set(
        IReadOnlyList<ApplicationCondition>? current, IEnumerable<ApplicationCondition> found, DateTimeOffset now, params ReadOnlySpan<string> evaluatedTypes)
    {
        var result = new List<ApplicationCondition>();
        foreach (var condition in current ?? [])
        {
            if (!evaluatedTypes.Contains(condition.Type))
            {
                result.Add(condition.LastTransitionTime is null ? condition with { LastTransitionTime = now } : condition);
            }
        }

        foreach (var condition in found)
        {
            var before = current?.FirstOrDefault(one => one.Type == condition.Type && one.Message == condition.Message);
            result.Add(before ?? condition with { LastTransitionTime = condition.LastTransitionTime ?? now });
        }

        return result.Count == 0
            ? null
            : [.. result.OrderBy(one => one.Type, StringComparer.Ordinal).ThenBy(one => one.Message, StringComparer.Ordinal)];
    }

    /// <summary><c>Type: message;Type: message</c>, as upstream puts conditions into one error.</summary>
    public static string Format(IEnumerable<ApplicationCondition> conditions)
        => string.Join(';', conditions.Select(condition => $"{condition.Type}: {condition.Message}"));
}
