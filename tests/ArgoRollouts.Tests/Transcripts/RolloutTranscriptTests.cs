using System.Security.Cryptography;
using ArgoRollouts.Tests.Cluster;
using Transcripts;

namespace ArgoRollouts.Tests.Transcripts;

/// <summary>
/// What tests/Transcripts does to rollouts and analyses, and what became of them under a genuine controller of Argo Rollouts (see CONTRIBUTING.md): the same under ours.
/// </summary>
public sealed class RolloutTranscriptTests(RolloutsCluster cluster)
{
    public static TheoryData<string> All => [.. Transcript.Names.Where(name => Transcript.Load(name).Needs == Needs.Rollouts)];

    [Theory, MemberData(nameof(All))]
    public async Task What_becomes_of_them_is_what_a_genuine_controller_makes_of_them(string transcript)
    {
        var requests = Transcript.Load(transcript);
        using var http = Server.Connect(cluster.Configuration);

        var answers = await new Player(http, RandomNumberGenerator.GetString("abcdefghijklmnopqrstuvwxyz", 6), RolloutsCluster.Speed).PlayAsync(requests, TestContext.Current.CancellationToken);

        var recording = Recording.Load(transcript);
        var differences = recording.DifferencesTo(requests, answers).ToList();
        Assert.True(differences.Count == 0, $"{differences.Count} differences to {recording.ServerVersion}:\n{string.Join('\n', differences)}");
    }
}
