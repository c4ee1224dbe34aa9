namespace ArgoRollouts.Analysis.Providers.Jobs;

/// <summary>Labels, annotations and metadata that tie a Job to the measurement it is (metricproviders/job/job.go).</summary>
public static class JobKeys
{
    /// <summary>Metadata of the measurement: the Job's name.</summary>
    public const string JobName = "job-name";

    /// <summary>Metadata of the measurement: the Job's namespace.</summary>
    public const string JobNamespace = "job-namespace";

    /// <summary>Annotation of the Job: the AnalysisRun's name.</summary>
    public const string RunName = "analysisrun.argoproj.io/name";

    /// <summary>Annotation of the Job: the AnalysisRun's namespace.</summary>
    public const string RunNamespace = "analysisrun.argoproj.io/namespace";

    /// <summary>Annotation of the Job: the metric's name.</summary>
    public const string MetricName = "analysisrun.argoproj.io/metric-name";

    /// <summary>Label of the Job: the AnalysisRun's uid.</summary>
    public const string RunUid = "analysisrun.argoproj.io/uid";
}
