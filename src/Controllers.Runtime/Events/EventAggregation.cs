namespace Controllers.Runtime.Events;

/// <summary>
/// Of events that differ in their message alone, from the tenth message on all are one (client-go EventAggregator), until none came for ten minutes.
/// </summary>
internal sealed class EventAggregation(int entriesMax)
{
    private const int MessagesMax = 10;
    private static readonly TimeSpan IntervalMax = TimeSpan.FromMinutes(10);

    private readonly LruCache<SimilarEventKey, (HashSet<string> Messages, DateTimeOffset Last)> _similar = new(entriesMax);

    /// <summary>Whether this message is one too many, and the event is to stand for all of them.</summary>
    public bool Combines(SimilarEventKey similar, string message, DateTimeOffset now)
    {
        HashSet<string> messages = _similar.TryGet(similar, out var known) && now - known.Last <= IntervalMax ? known.Messages : [];
        messages.Add(message);
        _similar.Set(similar, (messages, now));
        if (messages.Count < MessagesMax)
        {
            return false;
        }

        messages.Remove(messages.First());
        return true;
    }
}
