using k8s.Models;

namespace Controllers.Runtime.Events;

/// <summary>
/// What becomes of events before they are written: the same again raises a count, many similar ones become one, and too many are dropped
/// (client-go <c>tools/record/events_cache.go</c>, EventCorrelator).
/// </summary>
internal sealed class EventCorrelator
{
    private const int EntriesMax = 4096;
    private const string CombinedPrefix = "(combined from similar events): ";

    private readonly Lock _lock = new();
    private readonly EventAggregation _aggregation = new(EntriesMax);
    private readonly EventSpamFilter _filter = new(EntriesMax);
    private readonly LruCache<EventKey, Observation> _observed = new(EntriesMax);

    /// <param name="fresh">The event as it would be written for the first time; what it becomes is written into it.</param>
    /// <param name="now">When.</param>
    /// <returns>False: dropped. Else a count above 1 says that an event of this name has been written before.</returns>
    public bool Accepts(Corev1Event fresh, DateTimeOffset now)
    {
        lock (_lock)
        {
            var key = EventKey.Of(fresh);
            if (_aggregation.Combines(key.Similar, fresh.Message, now))
            {
                key = EventKey.Combined(key.Similar);
                fresh.Message = CombinedPrefix + fresh.Message;
            }

            if (_observed.TryGet(key, out var last))
            {
                fresh.Metadata.Name = last.Name;
                fresh.FirstTimestamp = last.First;
                fresh.Count = last.Count + 1;
            }

            _observed.Set(key, new(fresh.Metadata.Name, fresh.FirstTimestamp, fresh.Count)); // dropped ones count too
            return _filter.Allows(key.Similar.Source, now);
        }
    }

    private readonly record struct Observation(string Name, DateTime? First, int? Count);
}
