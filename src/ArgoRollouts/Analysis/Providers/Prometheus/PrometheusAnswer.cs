namespace ArgoRollouts.Analysis.Providers.Prometheus;

/// <summary>What a query came to.</summary>
/// <param name="Result">What conditions see: a <see cref="double"/>, or a <c>double[]</c>.</param>
/// <param name="Recorded">What the measurement records.</param>
/// <param name="Warnings">What the server warns of.</param>
internal sealed record PrometheusAnswer(object Result, string Recorded, IReadOnlyList<string> Warnings);
