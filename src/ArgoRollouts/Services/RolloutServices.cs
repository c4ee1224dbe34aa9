using ArgoRollouts.Models;

namespace ArgoRollouts.Services;

/// <summary>The Services that a Rollout names, by the field that names them (utils/service, GetRolloutServiceKeys).</summary>
internal static class RolloutServices
{
    public static IEnumerable<(string Field, string Name)> Of(Rollout rollout)
    {
        var strategy = rollout.Spec.Strategy;
        (string Field, string? Name)[] named = strategy switch
        {
            { BlueGreen: { } blueGreen } =>
            [
                ("blueGreen.activeService", blueGreen.ActiveService),
                ("blueGreen.previewService", blueGreen.PreviewService),
            ],
            { Canary: { } canary } =>
            [
                ("canary.stableService", canary.StableService),
                ("canary.canaryService", canary.CanaryService),
                ("canary.pingPong.pingService", canary.PingPong?.PingService),
                ("canary.pingPong.pongService", canary.PingPong?.PongService),
            ],
            _ => [],
        };
        return named.Where(service => !string.IsNullOrEmpty(service.Name)).Select(service => ($"spec.strategy.{service.Field}", service.Name!));
    }
}
