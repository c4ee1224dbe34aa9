using System.Collections.Concurrent;
using System.Text;

namespace DemoApp;

/// <summary>Counts answers by colour and status, in Prometheus' text format.</summary>
internal sealed class DemoMetrics
{
    private readonly ConcurrentDictionary<(string Color, int StatusCode), int> _answers = new();

    public void Count(ColorAnswer answer) => _answers.AddOrUpdate((answer.Color, answer.StatusCode), 1, (_, count) => count + 1);

    public string Write()
    {
        var text = new StringBuilder("# HELP rollouts_demo_requests_total Answers to /color\n# TYPE rollouts_demo_requests_total counter\n");
        foreach (var ((color, code), count) in _answers.OrderBy(pair => pair.Key))
        {
            text.Append($"rollouts_demo_requests_total{{color=\"{color}\",code=\"{code}\"}} {count}\n");
        }

        return text.ToString();
    }
}
