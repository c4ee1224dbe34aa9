using System.Text;

namespace EmbeddedCluster;

/// <summary>
/// Random numbers for the parts of a cluster, all of one seed. Each part has a generator of its own, so that what one draws does not shift
/// what another gets. Secrets are never drawn from here.
/// </summary>
/// <param name="seed">Null: other numbers each time.</param>
public sealed class Randomness(int? seed)
{
    private const uint FnvBasis = 2166136261;
    private const uint FnvPrime = 16777619;

    /// <summary>A generator for a part.</summary>
    public Random For(string part) => new(seed is { } given ? Derive(given, part) : Guid.NewGuid().GetHashCode());

    /// <summary>A seed for a part: the same each time, another for each part; not negative.</summary>
    public static int Derive(int seed, string part)
    {
        var hash = FnvBasis;
        foreach (var octet in BitConverter.GetBytes(seed).Concat(Encoding.UTF8.GetBytes(part)))
        {
            hash = unchecked((hash ^ octet) * FnvPrime); // FNV-1a: the hash codes of strings differ from process to process
        }

        return (int)(hash & int.MaxValue);
    }
}
