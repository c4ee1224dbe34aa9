using System.Globalization;
using System.Text;

namespace ArgoRollouts.Metrics;

/// <summary>Something that writes itself in Prometheus' text format.</summary>
internal interface IMetric
{
    void WriteTo(StringBuilder text);
}

/// <summary>Series told apart by the values of their labels; the first two labels are namespace and name.</summary>
internal abstract class LabelledMetric(string name, string help, string type, string[] labels) : IMetric
{
    protected Lock Gate { get; } = new();

    protected string Name { get; } = name;

    public abstract void Remove(string @namespace, string name);

    public void WriteTo(StringBuilder text)
    {
        lock (Gate)
        {
            Exposition.Head(text, Name, help, type);
            WriteSeries(text);
        }
    }

    protected abstract void WriteSeries(StringBuilder text);

    protected string Labels(string[] values) => Exposition.Labels(labels, values);
}

/// <summary>A count that only grows.</summary>
internal sealed class Counter(string name, string help, string[] labels) : LabelledMetric(name, help, "counter", labels)
{
    private readonly Dictionary<string, (string[] Values, double Count)> _series = [];

    public void Increment(params string[] values)
    {
        lock (Gate)
        {
            var key = string.Join('\u001f', values);
            _series[key] = (values, _series.GetValueOrDefault(key).Count + 1);
        }
    }

    public override void Remove(string @namespace, string name)
    {
        lock (Gate)
        {
            foreach (var (key, _) in _series.Where(pair => pair.Value.Values[0] == @namespace && pair.Value.Values[1] == name).ToList())
            {
                _series.Remove(key);
            }
        }
    }

    protected override void WriteSeries(StringBuilder text)
    {
        foreach (var (values, count) in _series.Values)
        {
            text.Append(CultureInfo.InvariantCulture, $"{Name}{{{Labels(values)}}} {count}\n");
        }
    }
}

/// <summary>Durations in seconds, in upstream's buckets.</summary>
internal sealed class Histogram(string name, string help, string[] labels) : LabelledMetric(name, help, "histogram", labels)
{
    private static readonly double[] Bounds = [0.01, 0.15, .25, .5, 1];

    private readonly Dictionary<string, (string[] Values, long[] Counts, double Sum)> _series = [];

    public void Observe(double value, params string[] values)
    {
        lock (Gate)
        {
            var key = string.Join('\u001f', values);
            var (_, counts, sum) = _series.GetValueOrDefault(key, (values, new long[Bounds.Length + 1], 0));
            for (var i = 0; i < Bounds.Length; i++)
            {
                counts[i] += value <= Bounds[i] ? 1 : 0;
            }

            counts[^1]++;
            _series[key] = (values, counts, sum + value);
        }
    }

    public override void Remove(string @namespace, string name)
    {
        lock (Gate)
        {
            _series.Remove($"{@namespace}\u001f{name}");
        }
    }

    protected override void WriteSeries(StringBuilder text)
    {
        foreach (var (values, counts, sum) in _series.Values)
        {
            var pairs = Labels(values);
            for (var i = 0; i < Bounds.Length; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{pairs},le=\"{Bounds[i]}\"}} {counts[i]}\n");
            }

            text.Append(CultureInfo.InvariantCulture, $"{Name}_bucket{{{pairs},le=\"+Inf\"}} {counts[^1]}\n");
            text.Append(CultureInfo.InvariantCulture, $"{Name}_sum{{{pairs}}} {sum}\n{Name}_count{{{pairs}}} {counts[^1]}\n");
        }
    }
}
