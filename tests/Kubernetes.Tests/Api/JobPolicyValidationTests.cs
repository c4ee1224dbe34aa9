namespace Kubernetes.Tests.Api;

/// <summary>Policies of Jobs that cannot be.</summary>
public sealed class JobPolicyValidationTests(ServerFixture api)
{
    [Theory]
    [InlineData("\"backoffLimitPerIndex\":1", "spec.backoffLimitPerIndex: Invalid value: 1: requires indexed completion mode")]
    [InlineData("\"completionMode\":\"Indexed\",\"completions\":2,\"maxFailedIndexes\":1", "spec.backoffLimitPerIndex: Required value: when maxFailedIndexes is specified")]
    [InlineData(
        "\"completionMode\":\"Indexed\",\"completions\":2,\"backoffLimitPerIndex\":1,\"maxFailedIndexes\":3", "spec.maxFailedIndexes: Invalid value: 3: must be less than or equal to completions")]
    [InlineData("\"successPolicy\":{\"rules\":[{\"succeededCount\":1}]}", "spec.successPolicy: Invalid value: {\"rules\":[{\"succeededCount\":1}]}: requires indexed completion mode")]
    [InlineData(
        "\"completionMode\":\"Indexed\",\"completions\":2,\"successPolicy\":{\"rules\":[{}]}",
        "spec.successPolicy.rules[0]: Required value: at least one of succeededCount or succeededIndexes must be specified")]
    [InlineData(
        "\"podFailurePolicy\":{\"rules\":[{\"action\":\"FailIndex\",\"onExitCodes\":{\"operator\":\"In\",\"values\":[1]}}]}",
        "spec.podFailurePolicy.rules[0].action: Invalid value: \"FailIndex\": requires the backoffLimitPerIndex to be set")]
    [InlineData(
        "\"podReplacementPolicy\":\"TerminatingOrFailed\",\"podFailurePolicy\":{\"rules\":[{\"action\":\"Ignore\",\"onExitCodes\":{\"operator\":\"In\",\"values\":[1]}}]}",
        "spec.podReplacementPolicy: Unsupported value: \"TerminatingOrFailed\": supported values: \"Failed\"")]
    public async Task A_policy_that_cannot_be_is_refused(string spec, string why)
    {
        var refused = await api.PostAsync(
            $"/apis/batch/v1/namespaces/{await api.NewNamespaceAsync()}/jobs",
            """{"metadata":{"name":"j"},"spec":{SPEC,"template":{"spec":{"restartPolicy":"Never","containers":[{"name":"a","image":"i"}]}}}}""".Replace("SPEC", spec, StringComparison.Ordinal));

        refused.Code.Should().Be(422);
        refused.Message.Should().Be($"Job.batch \"j\" is invalid: {why}");
    }
}
