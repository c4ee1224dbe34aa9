using System.Text.Json.Nodes;
using Kubernetes.Tests.Api;

namespace Kubernetes.Tests.Properties;

/// <summary>What holds for every write, tried with random ones; the seed is the test's name.</summary>
public sealed class WritingProperties(ServerFixture api)
{
    private const string ApplyPatch = "application/apply-patch+yaml";
    private const string StrategicPatch = "application/strategic-merge-patch+json";
    private static readonly string[] Managers = ["one", "two", "three", "four"];

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public async Task Server_side_apply_converges_whatever_the_order(int seed)
    {
        var random = new Random(seed);
        var intents = Managers.ToDictionary(manager => manager, _ => Intent(random));
        var path = $"/api/v1/namespaces/{await api.NewNamespaceAsync()}/configmaps";
        var results = new List<string>();
        for (var order = 0; order < 3; order++)
        {
            foreach (var manager in Shuffled(Managers, random).Concat(Shuffled(Managers, random)))
            {
                (await api.PatchAsync($"{path}/in-{order}?fieldManager={manager}", Applied($"in-{order}", intents[manager]), ApplyPatch)).Code.Should().BeOneOf(200, 201);
            }

            var reply = await api.GetAsync($"{path}/in-{order}");
            results.Add(Converged(reply.Body!));
        }

        results.Distinct().Should().ContainSingle("the same managers want the same fields");
        JsonNode.Parse(results[0])!["data"]!.AsObject().Select(field => field.Key).Should().BeEquivalentTo(intents.Values.SelectMany(keys => keys).Distinct());
    }

    [Theory, InlineData(1), InlineData(2), InlineData(3), InlineData(4), InlineData(5)]
    public async Task A_patch_applied_twice_is_applied_once(int seed)
    {
        var random = new Random(seed);
        var path = $"/apis/apps/v1/namespaces/{await api.NewNamespaceAsync()}/deployments";
        (await api.PostAsync(path, Workloads.Deployment("web"))).Code.Should().Be(201);
        for (var i = 0; i < 12; i++)
        {
            var (patch, type) = RandomPatch(random);
            var first = await api.PatchAsync($"{path}/web", patch, type);
            var second = await api.PatchAsync($"{path}/web", patch, type);

            first.Code.Should().Be(200, first.Text);
            second.Text.Should().Be(first.Text, $"nothing is left to do for {patch}");
        }
    }

    /// <summary>Some of the fields; two managers may want the same one, with the same value.</summary>
    private static string[] Intent(Random random) => [.. Enumerable.Range(0, 8).Where(_ => random.Next(2) == 0).Select(i => $"field-{i}"), "everyone"];

    private static string Applied(string name, IEnumerable<string> fields) => new JsonObject
    {
        ["apiVersion"] = "v1",
        ["kind"] = "ConfigMap",
        ["metadata"] = new JsonObject { ["name"] = name },
        ["data"] = new JsonObject(fields.Select(field => KeyValuePair.Create(field, (JsonNode?)$"of {field}"))),
    }.ToJsonString();

    private static string Converged(JsonNode map)
    {
        var owners = map["metadata"]!["managedFields"]!.AsArray().Select(entry => $"{entry!["manager"]} {entry["operation"]} {entry["fieldsV1"]!.ToJsonString()}").Order(StringComparer.Ordinal);
        return new JsonObject { ["data"] = map["data"]!.DeepClone(), ["owners"] = new JsonArray([.. owners.Select(owner => (JsonNode)owner)]) }.ToJsonString();
    }

    private static (string Patch, string Type) RandomPatch(Random random)
    {
        var (which, value) = (random.Next(4), random.Next(3));
        return random.Next(5) switch
        {
            0 => ($$$"""{"spec":{"replicas":{{{which}}} } }""", "application/merge-patch+json"),
            1 => ($$$"""{"metadata":{"labels":{"l{{{which}}}":{{{(value == 0 ? "null" : $"\"{value}\"")}}} } } }""", "application/merge-patch+json"),
            2 => (OfContainer($$$"""{"name":"main","env":[{"name":"E{{{which}}}","value":"{{{value}}}"}]}"""), StrategicPatch),
            3 => (OfContainer($$$"""{"name":"side-{{{which}}}","image":"x:{{{value}}}"}"""), StrategicPatch),
            _ => (OfContainer($$$"""{"name":"side-{{{which}}}","$patch":"delete"}"""), StrategicPatch),
        };
    }

    private static string OfContainer(string container) => """{"spec":{"template":{"spec":{"containers":[CONTAINER]}}}}""".Replace("CONTAINER", container, StringComparison.Ordinal);

    private static string[] Shuffled(string[] items, Random random)
    {
        var copy = items.ToArray();
        random.Shuffle(copy);
        return copy;
    }
}
