namespace Controllers.Runtime.Events;

/// <summary>What a component may say about an object: 25 events at once, and one more every five minutes (client-go EventSourceObjectSpamFilter).</summary>
internal sealed class EventSpamFilter(int entriesMax)
{
    private const double Burst = 25;
    private const double PerSecond = 1.0 / 300;

    private readonly LruCache<EventSourceKey, (double Tokens, DateTimeOffset At)> _buckets = new(entriesMax);

    public bool Allows(EventSourceKey source, DateTimeOffset now)
    {
        var tokens = _buckets.TryGet(source, out var bucket) ? Math.Min(Burst, bucket.Tokens + ((now - bucket.At).TotalSeconds * PerSecond)) : Burst;
        var allowed = tokens >= 1;
        _buckets.Set(source, (allowed ? tokens - 1 : tokens, now));
        return allowed;
    }
}
