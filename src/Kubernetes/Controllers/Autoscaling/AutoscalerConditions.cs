using k8s.Models;

namespace Kubernetes.Controllers.Autoscaling;

/// <summary>The conditions of a HorizontalPodAutoscaler, in the order in which upstream keeps them.</summary>
internal sealed class AutoscalerConditions(IEnumerable<V2HorizontalPodAutoscalerCondition>? before, DateTime now)
{
    public const string AbleToScale = "AbleToScale";
    public const string ScalingActive = "ScalingActive";
    public const string ScalingLimited = "ScalingLimited";

    private readonly List<V2HorizontalPodAutoscalerCondition> _conditions = [.. (before ?? []).Select(Copy.Of)];

    public IList<V2HorizontalPodAutoscalerCondition> All => _conditions;

    public void Set(string type, bool status, string reason, string message)
    {
        var condition = _conditions.Find(known => known.Type == type);
        if (condition is null)
        {
            _conditions.Add(condition = new V2HorizontalPodAutoscalerCondition { Type = type });
        }

        var text = status ? "True" : "False";
        condition.LastTransitionTime = condition.Status == text ? condition.LastTransitionTime : now;
        (condition.Status, condition.Reason, condition.Message) = (text, reason, message);
    }
}
