using System.Globalization;
using k8s.Models;

namespace Kubernetes.Controllers.Deployments;

/// <summary>How far a rolling update may go above and below the wanted size (<c>ResolveFenceposts</c>).</summary>
/// <param name="Surge">Pods above the wanted number.</param>
/// <param name="Unavailable">Pods below the wanted number that need not be available.</param>
internal sealed record RollingBounds(int Surge, int Unavailable)
{
    public static RollingBounds Of(V1Deployment deployment)
    {
        var replicas = deployment.Spec.Replicas ?? 1;
        if (!IsRollingUpdate(deployment) || replicas == 0)
        {
            return new RollingBounds(IsRollingUpdate(deployment) ? Surges(deployment, replicas) : 0, 0);
        }

        var surge = Surges(deployment, replicas);
        var unavailable = Resolve(deployment.Spec.Strategy?.RollingUpdate?.MaxUnavailable, replicas, roundUp: false);
        if (surge == 0 && unavailable == 0)
        {
            unavailable = 1; // both may round to 0, and then nothing would ever move
        }

        return new RollingBounds(surge, Math.Min(unavailable, replicas));
    }

    public static bool IsRollingUpdate(V1Deployment deployment) => deployment.Spec.Strategy?.Type is null or "" or "RollingUpdate";

    private static int Surges(V1Deployment deployment, int replicas)
        => Resolve(deployment.Spec.Strategy?.RollingUpdate?.MaxSurge, replicas, roundUp: true);

    private static int Resolve(IntOrString? value, int replicas, bool roundUp)
    {
        var text = value?.Value ?? "25%";
        if (!text.EndsWith('%'))
        {
            return int.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out var count) ? count : 0;
        }

        var share = double.Parse(text[..^1], CultureInfo.InvariantCulture) * replicas / 100;
        return (int)(roundUp ? Math.Ceiling(share) : Math.Floor(share));
    }
}
