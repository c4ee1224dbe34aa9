namespace Kubernetes.Api.Registry;

/// <summary>generateName plus five characters, as upstream's names.SimpleNameGenerator.</summary>
internal sealed class NameGenerator(Random random)
{
    private const int NameMax = 63;
    private const int SuffixLength = 5;
    private const string SuffixAlphabet = "bcdfghjklmnpqrstvwxz2456789";

    private readonly Lock gate = new();

    public string Generate(string prefix)
    {
        var kept = prefix.Length > NameMax - SuffixLength ? prefix[..(NameMax - SuffixLength)] : prefix;
        lock (gate)
        {
            return kept + random.GetString(SuffixAlphabet, SuffixLength);
        }
    }
}
