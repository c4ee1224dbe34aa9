using k8s.Models;
using Kubernetes.Node.Environment;
using Kubernetes.Node.Volumes;

namespace Kubernetes.Tests.Node.Volumes;

/// <summary>Tokens in volumes: asked for once, and again when four fifths of their time are over.</summary>
public sealed class TokenRenewalTests
{
    [Fact]
    public async Task A_token_is_kept_until_it_is_to_be_renewed()
    {
        var clock = new SteppedClock();
        var contents = new VolumeContents(new V1Pod { Metadata = new V1ObjectMeta { NamespaceProperty = "shop" } }, new Numbered(), clock);

        (await ReadAsync(contents)).Should().Be("token 1");
        contents.RenewAt(Volume).Should().Be(clock.Now.AddSeconds(480));
        clock.Now = clock.Now.AddSeconds(479);
        (await ReadAsync(contents)).Should().Be("token 1");
        clock.Now = clock.Now.AddSeconds(1);
        (await ReadAsync(contents)).Should().Be("token 2");
        contents.RenewAt(Volume).Should().Be(clock.Now.AddSeconds(480));
    }

    private static V1Volume Volume { get; } = new()
    {
        Name = "access",
        Projected = new V1ProjectedVolumeSource
        {
            Sources = [new V1VolumeProjection { ServiceAccountToken = new V1ServiceAccountTokenProjection { Path = "token", ExpirationSeconds = 600 } }],
        },
    };

    private static async Task<string> ReadAsync(VolumeContents contents)
        => System.Text.Encoding.UTF8.GetString((await contents.ReadAsync(Volume, TestContext.Current.CancellationToken))["token"]);

    private sealed class SteppedClock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Numbered : IPodSources
    {
        private int tokens;

        public Task<V1ConfigMap?> ConfigMapAsync(string @namespace, string name, CancellationToken cancel) => Task.FromResult<V1ConfigMap?>(null);

        public Task<V1Secret?> SecretAsync(string @namespace, string name, CancellationToken cancel) => Task.FromResult<V1Secret?>(null);

        public Task<string?> ClaimFolderAsync(string @namespace, string claim, CancellationToken cancel) => Task.FromResult<string?>(null);

        public Task<string> TokenAsync(V1Pod pod, V1ServiceAccountTokenProjection projection, CancellationToken cancel) => Task.FromResult($"token {++tokens}");
    }
}
