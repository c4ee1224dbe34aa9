using ArgoRollouts.Models;
using ArgoRollouts.Tests.Analysis.Providers;
using ArgoRollouts.Tests.Cluster;
using Controllers.Runtime.Client;
using k8s.Models;

namespace ArgoRollouts.Tests.Analysis.Cluster;

/// <summary>AnalysisRuns against a real API server: what a user writes, and what the status then says.</summary>
public sealed class AnalysisRunTests(RolloutsCluster cluster)
{
    [Fact]
    public async Task A_web_metric_is_measured_until_its_count()
    {
        await using var server = await AnsweringServer.StartAsync("""{"result": "blue"}""");
        var run = await RunAsync($$$"""
            metrics:
            - name: color
              count: 3
              interval: 5s
              successCondition: result == '{{args.color}}'
              provider: {web: {url: "{{{server.Address}}}/color", jsonPath: "{$.result}"} }
            args: [{name: color, value: blue}]
            """);
        run.Status.Phase.Should().Be("Successful");
        run.Status.Message.Should().BeNull();
        run.Status.CompletedAt.Should().NotBeNull();
        run.Status.RunSummary.Should().BeEquivalentTo(new RunSummary { Count = 1, Successful = 1 });
        var result = run.Status.MetricResults.Should().ContainSingle().Which;
        result.Should().BeEquivalentTo(new { Name = "color", Phase = "Successful", Count = 3, Successful = 3, ConsecutiveSuccess = 3 });
        result.Measurements!.Select(m => m.Value).Should().Equal("\"blue\"", "\"blue\"", "\"blue\"");
        server.Requests.Should().HaveCount(3, "no measurement is taken twice");
        await EventAsync(run, "AnalysisRunSuccessful", "Normal", "Analysis Completed. Result: Successful");
        await EventAsync(run, "MetricSuccessful", "Normal", "Metric 'color' Completed. Result: Successful");
    }

    [Fact]
    public async Task A_wrong_value_fails_the_run_beyond_its_limit()
    {
        await using var server = await AnsweringServer.StartAsync("\"green\"");
        var run = await RunAsync($$"""
            metrics:
            - name: color
              interval: 5s
              failureLimit: 1
              successCondition: result == 'blue'
              provider: {web: {url: "{{server.Address}}"} }
            """);
        (run.Status.Phase, run.Status.Message).Should().Be(("Failed", "Metric \"color\" assessed Failed due to failed (2) > failureLimit (1)"));
        await EventAsync(run, "AnalysisRunFailed", "Warning", "Analysis Completed. Result: Failed");
    }

    [Fact]
    public async Task Errors_in_a_row_end_the_run_with_their_message()
    {
        await using var server = await AnsweringServer.StartAsync("", status: 500);
        var run = await RunAsync($$"""
            metrics:
            - name: web
              provider: {web: {url: "{{server.Address}}"} }
            """);
        run.Status.Phase.Should().Be("Error");
        run.Status.Message.Should().Be(
            "Metric \"web\" assessed Error due to consecutiveErrors (5) > consecutiveErrorLimit (4): \"Error Message: received non 2xx response code: 500\"");
        server.Requests.Should().HaveCount(5);
    }

    [Theory]
    [InlineData(0, 0, "Successful", null)]
    [InlineData(1, 0, "Failed", "Metric \"job\" assessed Failed due to failed (1) > failureLimit (0)")]
    [InlineData(1, 1, "Successful", null)] // the tutorial's failureLimit of 1 forgives the only measurement of a count of 1
    public async Task A_job_that_ends_is_a_measurement(int exitCode, int failureLimit, string phase, string? message)
    {
        var run = await RunAsync($$"""
            metrics:
            - name: job
              count: 1
              failureLimit: {{failureLimit}}
              provider: {job: {spec: {backoffLimit: 0, template: {spec: {restartPolicy: Never, containers: [{name: c, image: "alpine:3.8", command: [sh, -c, "exit {{exitCode}}"] } ] } } } } }
            """);
        (run.Status.Phase, run.Status.Message).Should().Be((phase, message));
        var measurement = run.Status.MetricResults![0].Measurements.Should().ContainSingle().Which;
        measurement.Phase.Should().Be(exitCode == 0 ? "Successful" : "Failed");
        measurement.Metadata!["job-namespace"].Should().Be(run.Metadata.NamespaceProperty);
        var job = await cluster.Client.GetAsync(Resources.Jobs, run.Metadata.NamespaceProperty, measurement.Metadata["job-name"], TestContext.Current.CancellationToken);
        job.Metadata.OwnerReferences.Should().ContainSingle().Which.Uid.Should().Be(run.Metadata.Uid);
    }

    [Fact]
    public async Task A_job_in_progress_is_deleted_when_the_run_is_terminated()
    {
        var (@namespace, name) = await CreateAsync("""
            metrics:
            - name: forever
              provider: {job: {spec: {template: {spec: {restartPolicy: Never, containers: [{name: c, image: "does.not/exist:1"}]}}}}}
            """);
        var started = await cluster.EventuallyAsync(RolloutsResources.AnalysisRuns, @namespace, name, r => r.Status.MetricResults?.Count > 0);
        await cluster.Client.PatchAsync(RolloutsResources.AnalysisRuns, @namespace, name, Patch.Merge(new() { ["spec"] = new System.Text.Json.Nodes.JsonObject { ["terminate"] = true } }),
            cancel: TestContext.Current.CancellationToken);

        var run = await FinishedAsync(@namespace, name);
        (run.Status.Phase, run.Status.Message).Should().Be(("Successful", "Run Terminated"));
        run.Status.MetricResults![0].Measurements.Should().ContainSingle().Which.Message.Should().Be("Metric Terminated");
        var job = await cluster.Client.FindAsync(Resources.Jobs, @namespace, started.Status.MetricResults![0].Measurements![0].Metadata!["job-name"],
            TestContext.Current.CancellationToken);
        (job is null || job.Metadata.DeletionTimestamp is not null).Should().BeTrue("its deletion was asked for");
    }

    [Fact]
    public async Task A_secret_argument_is_used_and_not_told()
    {
        await using var server = await AnsweringServer.StartAsync("{}");
        var @namespace = await cluster.NamespaceAsync();
        await cluster.Client.CreateAsync(Resources.Secrets, new V1Secret
        {
            Metadata = new() { Name = "token", NamespaceProperty = @namespace },
            StringData = new Dictionary<string, string> { ["key"] = "s3cret" },
        }, TestContext.Current.CancellationToken);
        var run = await RunAsync($$$"""
            metrics:
            - name: web
              consecutiveErrorLimit: 0
              successCondition: "unknown_{{args.token}}"
              provider: {web: {url: "{{{server.Address}}}", headers: [{key: Authorization, value: "Bearer {{args.token}}"} ]} }
            args: [{name: token, valueFrom: {secretKeyRef: {name: token, key: key} } } ]
            """, @namespace);
        server.Last.Headers["Authorization"].Should().Be("Bearer s3cret");
        run.Status.Message.Should().EndWith("\"Error Message: unknown name unknown_*****\"");
        run.Spec.Args![0].Value.Should().BeNull();
    }

    [Theory]
    [InlineData("metrics: []", "Analysis spec invalid: no metrics specified")]
    [InlineData("metrics: [{name: m, provider: {}}]", "Analysis spec invalid: metrics[0]: no provider specified")]
    [InlineData("metrics: [{name: m, count: 2, provider: {web: {url: x}}}]", "Analysis spec invalid: metrics[0]: interval must be specified when count > 1")]
    [InlineData("metrics: [{name: m, provider: {web: {url: '{{args.host}}'}}}]", "Unable to resolve metric arguments: failed to resolve {{args.host}}")]
    [InlineData("{metrics: [{name: m, provider: {web: {url: x}}}], args: [{name: host}]}", "Unable to resolve metric arguments: argument \"host\" was not supplied")]
    [InlineData("{metrics: [{name: m, provider: {web: {url: x}}}], args: [{name: t, valueFrom: {secretKeyRef: {name: gone, key: k}}}]}",
        "Unable to resolve metric arguments: secrets \"gone\" not found")]
    [InlineData("{metrics: [{name: m, provider: {web: {url: x}}}], dryRun: [{metricName: other}]}", "Analysis spec invalid: dryRun[0]: Rule didn't match any metric name(s)")]
    [InlineData("metrics: [{name: m, consecutiveErrorLimit: 0, provider: {prometheus: {query: up}}}]",
        "Metric \"m\" assessed Error due to consecutiveErrors (1) > consecutiveErrorLimit (0): \"Error Message: prometheus address is not configured\"")]
    [InlineData("metrics: [{name: m, consecutiveErrorLimit: 0, provider: {web: {url: 'http://x', jsonPath: '{$.a'}}}]",
        "Metric \"m\" assessed Error due to consecutiveErrors (1) > consecutiveErrorLimit (0): \"Error Message: unclosed action\"")]
    [InlineData("metrics: [{name: m, provider: {sorcery: {crystal: ball}}}]", "Analysis spec invalid: metrics[0]: no provider specified")]
    [InlineData("metrics: [{name: m, consecutiveErrorLimit: 0, provider: {plugin: {example/sorcery: {}}}}]",
        "Metric \"m\" assessed Error due to consecutiveErrors (1) > consecutiveErrorLimit (0): \"Error Message: failed to create plugin: unable to get metric plugin: " +
        "unable to start plugin system: unable to find plugin (example/sorcery): plugin example/sorcery not configured in configmap\"")]
    public async Task A_run_that_cannot_be_carried_out_says_why(string spec, string message)
    {
        var run = await RunAsync(spec);
        (run.Status.Phase, run.Status.Message).Should().Be(("Error", message));
    }

    [Theory]
    [InlineData("result >", "unexpected token EOF")]
    [InlineData("result.size > 1", "type float64[string] is undefined")]
    [InlineData("result + 1", "expected bool, but got float64")]
    [InlineData("reslut > 1", "unknown name reslut")]
    public async Task A_condition_that_cannot_be_evaluated_is_the_measurements_message(string condition, string message)
    {
        await using var server = await AnsweringServer.StartAsync("5");
        var run = await RunAsync($$"""
            metrics:
            - name: m
              consecutiveErrorLimit: 0
              successCondition: {{condition}}
              provider: {web: {url: "{{server.Address}}"} }
            """);
        run.Status.MetricResults![0].Measurements.Should().ContainSingle().Which.Message.Should().Be(message);
        (run.Status.Phase, run.Status.Message).Should().Be(
            ("Error", $"Metric \"m\" assessed Error due to consecutiveErrors (1) > consecutiveErrorLimit (0): \"Error Message: {message}\""));
    }

    [Fact]
    public async Task A_finished_run_is_deleted_after_its_time_to_live()
    {
        await using var server = await AnsweringServer.StartAsync("{}");
        var (@namespace, name) = await CreateAsync($$"""
            metrics:
            - name: web
              provider: {web: {url: "{{server.Address}}"} }
            ttlStrategy: {secondsAfterSuccess: 20}
            """);
        var run = await FinishedAsync(@namespace, name);
        await cluster.GoneAsync(RolloutsResources.AnalysisRuns, @namespace, name);
        (cluster.Time.GetUtcNow().UtcDateTime - run.Status.CompletedAt!.Value).TotalSeconds.Should().BeGreaterThan(20);
    }

    [Fact]
    public async Task Only_the_last_measurements_are_kept_while_all_count()
    {
        await using var server = await AnsweringServer.StartAsync("{}");
        var run = await RunAsync($$$"""
            metrics:
            - name: web-{{args.number}}
              count: 4
              interval: 2s
              provider: {web: {url: "{{{server.Address}}}"} }
            measurementRetention: [{metricName: "web-.*", limit: 2}]
            args: [{name: number, value: "1"}]
            """);
        run.Status.Phase.Should().Be("Successful");
        run.Status.MetricResults![0].Should().BeEquivalentTo(new { Name = "web-1", Count = 4, Successful = 4 });
        run.Status.MetricResults[0].Measurements.Should().HaveCount(2);
    }

    private async Task<(string Namespace, string Name)> CreateAsync(string spec, string? @namespace = null)
    {
        @namespace ??= await cluster.NamespaceAsync();
        var indented = string.Join('\n', spec.Split('\n').Select(line => "  " + line));
        await cluster.ApplyAsync(@namespace, $"apiVersion: argoproj.io/v1alpha1\nkind: AnalysisRun\nmetadata: {{name: run}}\nspec:\n{indented}\n");
        return (@namespace, "run");
    }

    private async Task<AnalysisRun> RunAsync(string spec, string? @namespace = null)
    {
        (@namespace, var name) = await CreateAsync(spec, @namespace);
        return await FinishedAsync(@namespace, name);
    }

    private Task<AnalysisRun> FinishedAsync(string @namespace, string name) =>
        cluster.EventuallyAsync(RolloutsResources.AnalysisRuns, @namespace, name, run => AnalysisPhase.Completed(run.Status.Phase));

    private async Task EventAsync(AnalysisRun run, string reason, string type, string message)
    {
        var events = await cluster.ListAsync(Resources.Events, run.Metadata.NamespaceProperty);
        events.Should().Contain(e => e.InvolvedObject.Uid == run.Metadata.Uid && e.Reason == reason && e.Type == type && e.Message == message);
    }
}
