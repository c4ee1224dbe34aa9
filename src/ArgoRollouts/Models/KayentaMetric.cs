using System.Text.Json.Serialization;

namespace ArgoRollouts.Models;

/// <summary>A Kayenta canary judgement.</summary>
public sealed class KayentaMetric
{
    public string Address { get; set; } = "";

    public string Application { get; set; } = "";

    public string CanaryConfigName { get; set; } = "";

    public string MetricsAccountName { get; set; } = "";

    public string ConfigurationAccountName { get; set; } = "";

    public string StorageAccountName { get; set; } = "";

    public KayentaThreshold Threshold { get; set; } = new();

    public List<KayentaScope> Scopes { get; set; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Lookback { get; set; }
}

/// <summary>Scores from which a judgement passes, or is marginal.</summary>
public sealed class KayentaThreshold
{
    public long Pass { get; set; }

    public long Marginal { get; set; }
}

/// <summary>What is compared with what.</summary>
public sealed class KayentaScope
{
    public string Name { get; set; } = "";

    public ScopeDetail ControlScope { get; set; } = new();

    public ScopeDetail ExperimentScope { get; set; } = new();
}

/// <summary>Scope, region, step in seconds, start and end as RFC 3339.</summary>
public sealed class ScopeDetail
{
    public string Scope { get; set; } = "";

    public string Region { get; set; } = "";

    public long Step { get; set; }

    public string? Start { get; set; }

    public string? End { get; set; }
}
