using System.Net;
using System.Text.Json.Nodes;
using ArgoCd.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ArgoCd.Tests.Integration;

/// <summary>A Git server that does not want us: the Application's condition and the form's answer say why.</summary>
public sealed class RefusingRepositoryTests(ArgoCdInstance argo) : IClassFixture<ArgoCdInstance>
{
    [Theory]
    [InlineData(401, "authentication required")]
    [InlineData(403, "authorization failed")]
    [InlineData(404, "repository not found")]
    [InlineData(500, "unexpected client error: unexpected requesting \"{0}/info/refs?service=git-upload-pack\" status code: 500")]
    public async Task The_answer_is_told_in_the_condition_and_in_the_form(int status, string reason)
    {
        await using var server = await RefusingAsync(status);
        var url = $"{server.Urls.Single()}/reader/fork.git";
        reason = reason.Replace("{0}", url, StringComparison.Ordinal);
        var name = argo.NewName();
        var application = argo.NewApplication(name);
        application.Ensure("spec", "source")["repoURL"] = url;
        await argo.CreateAsync(application);

        var told = await argo.UntilAsync(name, one => one.Objects("status", "conditions").Any(condition => condition.Text("type") == "ComparisonError"), "refused");
        told.Objects("status", "conditions").Select(condition => condition.Text("message")).Should().Contain(
            $"Failed to load target state: failed to generate manifest for source 1 of 1: rpc error: code = Unknown desc = failed to list refs: {reason}");

        foreach (var form in (JsonObject[])[new() { ["repo"] = url }, new() { ["repo"] = url, ["username"] = "reader", ["password"] = "wrong" }])
        {
            var answer = await argo.Http.SendAsync(HttpMethod.Post, "/api/v1/repositories", form);
            answer.Status.Should().NotBe(HttpStatusCode.OK);
            answer.Body.Text("message").Should().Be($"error testing repository connectivity: unable to ls-remote HEAD on repository: failed to list refs: {reason}");
        }
    }

    private static async Task<WebApplication> RefusingAsync(int status)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var web = builder.Build();
        web.Run(http =>
        {
            http.Response.StatusCode = status;
            if (status == 401)
            {
                http.Response.Headers.WWWAuthenticate = "Basic realm=\"git\"";
            }

            return Task.CompletedTask;
        });
        await web.StartAsync(TestContext.Current.CancellationToken);
        return web;
    }
}
