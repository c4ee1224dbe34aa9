namespace Transcripts;

/// <summary>One request of a transcript. Texts may hold variables: <c>{{ns}}</c>, <c>{{run}}</c>, and what earlier steps captured.</summary>
public sealed record Step
{
    public required string Name { get; init; }

    public required string Method { get; init; }

    /// <summary>Path and query.</summary>
    public required string Path { get; init; }

    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>The body as it is sent, or null.</summary>
    public string? Body { get; init; }

    /// <summary>Variable to the JSON pointer of the answer that it is taken from.</summary>
    public IReadOnlyDictionary<string, string> Captures { get; init; } = new Dictionary<string, string>();

    /// <summary>Places of the answer that are not compared, each with its reason (see <see cref="Exceptions"/>).</summary>
    public IReadOnlyList<Exceptions.Place> Exceptions { get; init; } = [];

    /// <summary>What is expected where the recorded server's answer is of no use; null: its answer.</summary>
    public (int Code, string Word)? Instead => Exceptions.FirstOrDefault(place => place.Instead is not null)?.Instead;

    /// <summary>True: the step prepares something, and its answer is not compared.</summary>
    public bool IsSetup { get; init; }

    /// <summary>True: <c>metadata.managedFields</c> is compared too.</summary>
    public bool KeepsManagedFields { get; init; }

    /// <summary>What is waited for before the request is sent; null: nothing.</summary>
    public Settled? Settled { get; init; }

    /// <summary>For a watch: it is read until this many events, or until an event of this type; null reads the whole answer.</summary>
    public string? Until { get; init; }
}
