using System.Globalization;

namespace ArgoRollouts.ReplicaSets;

/// <summary>FNV-1a's 32-bit hash as Kubernetes writes it into names: without vowels, so that no words come about (apimachinery rand.SafeEncodeString).</summary>
internal static class SafeEncoding
{
    private const string Alphabet = "bcdfghjklmnpqrstvwxz2456789";

    /// <summary>hash/fnv New32a over the bytes, then safe-encoded.</summary>
    public static string Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var value in bytes)
        {
            hash = (hash ^ value) * 16777619u;
        }

        return Encode(hash.ToString(CultureInfo.InvariantCulture));
    }

    public static string Encode(string text) => string.Create(text.Length, text, static (characters, source) =>
    {
        for (var i = 0; i < characters.Length; i++)
        {
            characters[i] = Alphabet[source[i] % Alphabet.Length];
        }
    });
}
