namespace ArgoRollouts.Models;

/// <summary>Metrics, arguments and further templates of an analysis.</summary>
public sealed class AnalysisTemplateSpec
{
    public List<Metric>? Metrics { get; set; }

    public List<Argument>? Args { get; set; }

    public List<DryRun>? DryRun { get; set; }

    public List<MeasurementRetention>? MeasurementRetention { get; set; }

    public List<AnalysisTemplateRef>? Templates { get; set; }
}

/// <summary>A metric (name, or regular expression) whose result does not count.</summary>
public sealed class DryRun
{
    public string MetricName { get; set; } = "";
}

/// <summary>How many measurements of a metric (name, or regular expression) are kept.</summary>
public sealed class MeasurementRetention
{
    public string MetricName { get; set; } = "";

    public int Limit { get; set; }
}

/// <summary>An argument of a template or a run.</summary>
public sealed class Argument
{
    public string Name { get; set; } = "";

    public string? Value { get; set; }

    public ValueFrom? ValueFrom { get; set; }
}

/// <summary>Where an argument's value is stored.</summary>
public sealed class ValueFrom
{
    public SecretKeyRef? SecretKeyRef { get; set; }

    public FieldRef? FieldRef { get; set; }
}

/// <summary>A key of a Secret in the run's namespace.</summary>
public sealed class SecretKeyRef
{
    public string Name { get; set; } = "";

    public string Key { get; set; } = "";
}
