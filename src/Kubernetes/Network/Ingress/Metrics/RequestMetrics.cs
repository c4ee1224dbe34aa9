using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Controllers.Runtime;

namespace Kubernetes.Network.Ingress.Metrics;

/// <summary>Counts requests and their durations, and writes them in Prometheus' text format under ingress-nginx's names.</summary>
internal sealed class RequestMetrics(string controllerNamespace, string controllerPod, string controllerClass)
{
    private static readonly double[] Buckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

    private static readonly string[] BucketTexts = [.. Buckets.Select(bound => bound.ToString(CultureInfo.InvariantCulture))];

    private readonly ConcurrentDictionary<RequestLabels, Series> _series = new();

    public void Record(RequestLabels labels, TimeSpan duration) => _series.GetOrAdd(labels, _ => new Series(Text(labels))).Add(duration.TotalSeconds);

    /// <summary>Forgets what was counted for these ingresses (upstream's <c>RemoveMetrics</c>): the page does not grow with what once was.</summary>
    public void Remove(IReadOnlyCollection<NamespacedName> ingresses)
    {
        foreach (var labels in ingresses.Count == 0 ? [] : _series.Keys.Where(labels => ingresses.Contains(new NamespacedName(labels.Namespace, labels.Ingress))))
        {
            _series.TryRemove(labels, out _);
        }
    }

    public string Write()
    {
        var all = _series.Values.Select(series => (series.Labels, Numbers: series.Read())).OrderBy(pair => pair.Labels, StringComparer.Ordinal).ToList();
        var text = new StringBuilder();
        Head(text, "nginx_ingress_controller_config_last_reload_successful", "gauge", "Whether the last configuration reload attempt was successful");
        Line(text, "nginx_ingress_controller_config_last_reload_successful", Controller, 1);
        Head(text, "nginx_ingress_controller_requests", "counter", "The total number of client requests");
        foreach (var (labels, numbers) in all)
        {
            Line(text, "nginx_ingress_controller_requests", labels, numbers.Count);
        }

        const string duration = "nginx_ingress_controller_request_duration_seconds";
        Head(text, duration, "histogram", "The request processing time in seconds");
        foreach (var (labels, numbers) in all)
        {
            for (var bucket = 0; bucket < Buckets.Length; bucket++)
            {
                Line(text, duration + "_bucket", labels, numbers.Cumulative[bucket], le: BucketTexts[bucket]);
            }

            Line(text, duration + "_bucket", labels, numbers.Count, le: "+Inf");
            Line(text, duration + "_sum", labels, numbers.Sum);
            Line(text, duration + "_count", labels, numbers.Count);
        }

        return text.ToString();
    }

    private string Controller => $"controller_class=\"{controllerClass}\",controller_namespace=\"{controllerNamespace}\",controller_pod=\"{controllerPod}\"";

    private string Text(RequestLabels labels)
        => $"canary=\"{labels.Canary}\",{Controller},host=\"{Escape(labels.Host)}\",ingress=\"{labels.Ingress}\",method=\"{labels.Method}\","
            + $"namespace=\"{labels.Namespace}\",path=\"{Escape(labels.Path)}\",service=\"{labels.Service}\",status=\"{labels.Status}\"";

    private static string Escape(string value) => value.Replace("\\", "\\\\").Replace("\"", "\\\"").Replace("\n", "\\n");

    private static void Head(StringBuilder text, string name, string type, string help)
        => text.Append("# HELP ").Append(name).Append(' ').Append(help).Append("\n# TYPE ").Append(name).Append(' ').Append(type).Append('\n');

    private static void Line(StringBuilder text, string name, string labels, double value, string? le = null)
    {
        text.Append(name).Append('{').Append(labels);
        if (le is not null)
        {
            text.Append(",le=\"").Append(le).Append('"');
        }

        text.Append(CultureInfo.InvariantCulture, $"}} {value:R}\n");
    }

    private sealed class Series(string labels)
    {
        private readonly Lock _lock = new();
        private readonly long[] _buckets = new long[Buckets.Length];
        private long _count;
        private double _sum;

        /// <summary>As they stand in every line.</summary>
        public string Labels => labels;

        public void Add(double seconds)
        {
            lock (_lock)
            {
                _count++;
                _sum += seconds;
                var bucket = Array.FindIndex(Buckets, bound => seconds <= bound);
                if (bucket >= 0)
                {
                    _buckets[bucket]++;
                }
            }
        }

        public (long Count, double Sum, long[] Cumulative) Read()
        {
            lock (_lock)
            {
                var cumulative = new long[_buckets.Length];
                var total = 0L;
                for (var bucket = 0; bucket < _buckets.Length; bucket++)
                {
                    cumulative[bucket] = total += _buckets[bucket];
                }

                return (_count, _sum, cumulative);
            }
        }
    }
}
