namespace Kubernetes.Api.Discovery;

/// <summary>Kubernetes' order of version names: v2 over v1 over v1beta2 over v1beta1 over v1alpha1 over anything else (apimachinery util/version).</summary>
internal sealed class VersionPriority : IComparer<string>
{
    public static readonly VersionPriority Instance = new();

    public int Compare(string? x, string? y)
    {
        var left = Parse(x!);
        var right = Parse(y!);
        var order = left.Stability.CompareTo(right.Stability);
        order = order != 0 ? order : left.Major.CompareTo(right.Major);
        order = order != 0 ? order : left.Minor.CompareTo(right.Minor);
        return order != 0 ? order : string.CompareOrdinal(y, x);
    }

    private static (int Stability, int Major, int Minor) Parse(string version)
    {
        if (version.Length < 2 || version[0] != 'v')
        {
            return (0, 0, 0);
        }
        var rest = version[1..];
        foreach (var (word, stability) in (ReadOnlySpan<(string, int)>)[("alpha", 1), ("beta", 2)])
        {
            if (rest.Split(word) is [var first, var second] && int.TryParse(first, out var left) && int.TryParse(second, out var right))
            {
                return (stability, left, right);
            }
        }
        return int.TryParse(rest, out var major) ? (3, major, 0) : (0, 0, 0);
    }
}
