using System.Net;
using System.Security.Cryptography;
using EmbeddedCluster.Images.Extensions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace EmbeddedCluster.Tests.Images.Extensions;

/// <summary>The installer against a real HTTP server.</summary>
public sealed class ExtensionInstallerTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("extensions-").FullName;
    private readonly byte[] _archive = Archives.Tar(zipped: true, ("resources/extension-shop-tab.js/extensions-tab.js", "the tab"));
    private readonly StringWriter _log = new();
    private readonly HttpClient _http = new(new SocketsHttpHandler { UseProxy = false });
    private WebApplication _server = null!;

    private CancellationToken Cancel => TestContext.Current.CancellationToken;

    private string Script => Path.Combine(_folder, "resources/extension-shop-tab.js/extensions-tab.js");

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.Urls.Add($"http://{IPAddress.Loopback}:0");
        _server.MapGet("/extension.tar.gz", () => Results.Bytes(_archive));
        _server.MapGet("/latest/extension.tar.gz", () => Results.Redirect("/extension.tar.gz"));
        _server.MapGet("/checksums.txt", () => Results.Text($"{new string('0', 64)}  other.tar.gz\n{Convert.ToHexStringLower(SHA256.HashData(_archive))}  extension.tar.gz\n"));
        _server.MapGet("/wrong.txt", () => Results.Text($"{new string('0', 64)}  extension.tar.gz\n"));
        _server.MapGet("/never", context => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        await _server.StartAsync(Cancel);
    }

    [Fact]
    public async Task An_extension_with_its_published_checksum_is_installed_also_behind_a_redirection()
    {
        (await RunAsync(("EXTENSION_URL", At("latest/extension.tar.gz")), ("EXTENSION_CHECKSUM_URL", At("checksums.txt")))).Should().Be(0);

        File.ReadAllText(Script).Should().Be("the tab");
        _log.ToString().Should().Contain("UI extension installed successfully");
    }

    [Theory]
    [InlineData("wrong.txt", "ERROR: extension checksum mismatch", 1)]
    [InlineData("none.txt", "curl: (22) The requested URL returned error: 404", 22)]
    public async Task Without_the_right_checksum_nothing_is_installed(string checksums, string said, int exitCode)
    {
        (await RunAsync(("EXTENSION_NAME", "shop"), ("EXTENSION_URL", At("extension.tar.gz")), ("EXTENSION_CHECKSUM_URL", At(checksums)))).Should().Be(exitCode);

        File.Exists(Script).Should().BeFalse();
        _log.ToString().Should().Contain(said).And.Contain($"ERROR: failed to install shop extension: error code: {exitCode}\n");
    }

    [Fact]
    public async Task A_failure_that_is_to_be_ignored_is_said_and_ends_with_0()
    {
        (await RunAsync(("EXTENSION_URL", At("nowhere.tar")), ("IGNORE_FAILURE", "true"))).Should().Be(0);

        _log.ToString().Should().Contain("curl: (22) The requested URL returned error: 404").And.Contain("IGNORE_FAILURE is set to true: ignoring error and exiting 0");
    }

    [Theory]
    [InlineData("", "error: the env var EXTENSION_URL must be provided", 1)]
    [InlineData("http://nowhere.invalid/extension.tar", "curl: (6) Could not resolve host: nowhere.invalid", 6)]
    [InlineData("http://127.0.0.1:1/extension.tar", "curl: (7) Failed to connect to 127.0.0.1 port 1: Could not connect to server", 7)]
    public async Task An_address_that_does_not_answer_fails_as_curl_does(string address, string said, int exitCode)
    {
        (await RunAsync(("EXTENSION_URL", address))).Should().Be(exitCode);

        _log.ToString().Should().Contain(said + "\n");
    }

    [Fact]
    public async Task A_download_that_takes_too_long_is_given_up()
    {
        (await RunAsync(("EXTENSION_URL", At("never")), ("MAX_DOWNLOAD_SEC", "0.2"))).Should().Be(28);

        _log.ToString().Should().Contain("curl: (28) Operation timed out after 200 milliseconds with 0 bytes received");
    }

    [Fact]
    public async Task A_disabled_extension_is_not_fetched()
    {
        (await RunAsync(("EXTENSION_NAME", "shop"), ("EXTENSION_ENABLED", "false"), ("EXTENSION_URL", At("extension.tar.gz")))).Should().Be(0);

        _log.ToString().Should().Be("shop extension is disabled\n");
        Directory.GetFileSystemEntries(_folder).Should().BeEmpty();
    }

    [Fact]
    public async Task Variables_become_a_script_beside_the_extensions_own()
    {
        await RunAsync(("EXTENSION_NAME", "shop-tab"), ("EXTENSION_URL", At("extension.tar.gz")), ("EXTENSION_JS_VARS", """{"team": "a\"b", "limit": 3}"""));

        File.ReadAllText(Path.Combine(_folder, "resources/extension-shop-tab.js/extension-0-SHOP_TAB_vars.js")).Should().Be(
            """((window) => { const vars = { "TEAM": "a\u0022b", "LIMIT": "3" }; window.SHOP_TAB_VARS = vars; })(window);""" + "\n");
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private string At(string path) => $"{_server.Urls.Single()}/{path}";

    private Task<int> RunAsync(params (string Name, string Value)[] environment)
        => new ExtensionInstaller(_http, TimeProvider.System, _log).RunAsync(environment.ToDictionary(pair => pair.Name, pair => pair.Value), _folder, Cancel);
}
