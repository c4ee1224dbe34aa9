using System.Security.Cryptography;
using Kubernetes.Tests.Api.Access;
using Kubernetes.Tests.Cluster;
using Transcripts;

namespace Kubernetes.Tests.Transcripts;

/// <summary>The requests of tests/Transcripts, whose answers a real kube-apiserver gave once (see CONTRIBUTING.md): ours gives the same.</summary>
public sealed class TranscriptTests(RbacServer api, TestCluster cluster) : IClassFixture<RbacServer>
{
    public static TheoryData<string> All => [.. Transcript.Names.Where(name => Transcript.Load(name).Needs != Needs.Rollouts)];

    [Theory, MemberData(nameof(All))]
    public async Task The_answers_are_those_of_a_real_server(string transcript)
    {
        var cancel = TestContext.Current.CancellationToken;
        var requests = Transcript.Load(transcript);
        using var http = Server.Connect(requests.Needs == Needs.Controllers ? cluster.Configuration : api.Server.AdminConfiguration);

        var answers = await new Player(http, RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 6)).PlayAsync(requests, cancel);

        var recording = Recording.Load(transcript);
        var differences = recording.DifferencesTo(requests, answers).ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} differences to {recording.ServerVersion}:\n{string.Join('\n', differences)}");
    }

    [Fact]
    public void At_least_120_answers_are_compared()
        => Transcript.Names.Sum(name => Transcript.Load(name).Steps.Count(step => !step.IsSetup && step.Instead is null)).Should().BeGreaterThanOrEqualTo(120);

    [Fact]
    public void Answers_that_a_real_server_of_that_age_cannot_give_are_few_and_not_counted()
        => Transcript.Names.Sum(name => Transcript.Load(name).Steps.Count(step => step.Instead is not null)).Should().BeLessThanOrEqualTo(20);
}
