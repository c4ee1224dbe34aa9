using System.Text.Json.Nodes;

namespace Kubernetes.Tests.Api;

/// <summary>API-70: x-kubernetes-validations of custom resource definitions.</summary>
public sealed class ValidationRuleTests(ServerFixture api)
{
    private const string Definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions";
    private static int groups;

    /// <summary>Schema of spec; the object; what is said of it, or null where it is taken.</summary>
    public static TheoryData<string, string, string?> Objects => new()
    {
        { """{"properties":{"min":{"type":"integer"},"max":{"type":"integer"}},"x-kubernetes-validations":[{"rule":"self.min <= self.max"}]}""", """{"min":1,"max":2}""", null },
        { """{"properties":{"min":{"type":"integer"},"max":{"type":"integer"}},"x-kubernetes-validations":[{"rule":"self.min <= self.max"}]}""", """{"min":3,"max":2}""", "spec: Invalid value: \"object\": failed rule: self.min <= self.max" },
        { """{"properties":{"min":{"type":"integer"},"max":{"type":"integer"}},"x-kubernetes-validations":[{"rule":"self.min <= self.max"}]}""", """{"min":3}""", "spec: Invalid value: \"object\": no such key: max evaluating rule: self.min <= self.max" },
        { """{"properties":{"a":{"type":"string","x-kubernetes-validations":[{"rule":"self.startsWith('x')","message":"must start with x"}]}}}""", """{"a":"y"}""", "spec.a: Invalid value: \"y\": must start with x" },
        { """{"properties":{"a":{"type":"integer","x-kubernetes-validations":[{"rule":"self > 5","messageExpression":"'%d is not over 5'.format([self])"}]}}}""", """{"a":3}""", "spec.a: Invalid value: 3: 3 is not over 5" },
        { """{"properties":{"a":{"type":"integer","x-kubernetes-validations":[{"rule":"self > 5","messageExpression":"string(1 / (self - 3))","message":"over 5"}]}}}""", """{"a":3}""", "spec.a: Invalid value: 3: over 5" },
        { """{"properties":{"a":{"type":"string"}},"x-kubernetes-validations":[{"rule":"self.a != 'no'","reason":"FieldValueForbidden","fieldPath":".a","message":"not that"}]}""", """{"a":"no"}""", "spec.a: Forbidden: not that" },
        { """{"properties":{"a":{"type":"string"}},"x-kubernetes-validations":[{"rule":"has(self.a)","reason":"FieldValueRequired","fieldPath":".a","message":"a is needed"}]}""", "{}", "spec.a: Required value: a is needed" },
        { """{"properties":{"foo-bar":{"type":"integer"},"in":{"type":"integer"},"a.b":{"type":"integer"}},"x-kubernetes-validations":[{"rule":"self.foo__dash__bar + self.__in__ + self.a__dot__b == 6"}]}""", """{"foo-bar":1,"in":2,"a.b":3}""", null },
        { """{"properties":{"m":{"type":"object","additionalProperties":{"type":"integer"}}},"x-kubernetes-validations":[{"rule":"self.m.all(k, self.m[k] < 5)"}]}""", """{"m":{"a":1,"b":7}}""", "spec: Invalid value: \"object\": failed rule: self.m.all(k, self.m[k] < 5)" },
        { """{"properties":{"l":{"type":"array","items":{"type":"object","properties":{"n":{"type":"number"}},"x-kubernetes-validations":[{"rule":"self.n > 0.5"}]}}}}""", """{"l":[{"n":1},{"n":0.25}]}""", "spec.l[1]: Invalid value: \"object\": failed rule: self.n > 0.5" },
        { """{"properties":{"t":{"type":"string","format":"date-time"},"d":{"type":"string","format":"duration"}},"x-kubernetes-validations":[{"rule":"self.t + self.d < timestamp('2030-01-01T00:00:00Z')"}]}""", """{"t":"2029-12-31T23:30:00Z","d":"1h"}""", "spec: Invalid value: \"object\": failed rule: self.t + self.d < timestamp('2030-01-01T00:00:00Z')" },
        { """{"properties":{"p":{"x-kubernetes-int-or-string":true}},"x-kubernetes-validations":[{"rule":"type(self.p) == int ? self.p < 100 : self.p.endsWith('%')"}]}""", """{"p":"25"}""", "spec: Invalid value: \"object\": failed rule: type(self.p) == int ? self.p < 100 : self.p.endsWith('%')" },
        { """{"properties":{"p":{"x-kubernetes-int-or-string":true}},"x-kubernetes-validations":[{"rule":"self.p < 5"}]}""", """{"p":"25"}""", "spec: Invalid value: \"object\": 'no such overload': call arguments did not match a supported operator, function or macro signature for rule: self.p < 5" },
        { """{"properties":{"q":{"type":"string"}},"x-kubernetes-validations":[{"rule":"quantity(self.q).isLessThan(quantity('1Gi'))"}]}""", """{"q":"2Gi"}""", "spec: Invalid value: \"object\": failed rule: quantity(self.q).isLessThan(quantity('1Gi'))" },
    };

    [Theory, MemberData(nameof(Objects))]
    public async Task API_70_a_rule_is_evaluated_when_an_object_is_written(string schema, string spec, string? problem)
    {
        var (path, group) = await DefineAsync(schema);
        var reply = await api.PostAsync(path, $$$"""{"metadata":{"name":"a"},"spec":{{{spec}}}}""");
        reply.Code.Should().Be(problem is null ? 201 : 422, reply.Message ?? "");
        if (problem is not null)
        {
            reply.Message.Should().Be($"Ruled.{group} \"a\" is invalid: {problem}");
        }
    }

    [Fact]
    public async Task API_70_a_rule_at_the_root_sees_name_and_status()
    {
        var (path, group) = await DefineAsync("""{"properties":{"n":{"type":"integer"}}}""", """{"rule":"self.metadata.name == 'a' && self.kind == 'Ruled' && self.spec.n > 0"}""");
        (await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"n":1}}""")).Code.Should().Be(201);
        (await api.PostAsync(path, """{"metadata":{"name":"b"},"spec":{"n":1}}""")).Message.Should().StartWith($"Ruled.{group} \"b\" is invalid: <nil>: Invalid value: \"object\": failed rule: self.metadata.name");
    }

    [Fact]
    public async Task API_70_a_rule_with_oldSelf_is_about_changes_alone()
    {
        var (path, _) = await DefineAsync("""{"properties":{"n":{"type":"integer","x-kubernetes-validations":[{"rule":"self >= oldSelf","message":"n only grows"}]}}}""");
        (await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"n":5}}""")).Code.Should().Be(201);
        (await api.MergeAsync($"{path}/a", """{"spec":{"n":4}}""")).Message.Should().Contain("spec.n: Invalid value: 4: n only grows");
        (await api.MergeAsync($"{path}/a", """{"spec":{"n":6}}""")).Code.Should().Be(200);
        (await api.MergeAsync($"{path}/a", """{"spec":{"n":null}}""")).Code.Should().Be(200);
        (await api.MergeAsync($"{path}/a", """{"spec":{"n":1}}""")).Code.Should().Be(200, "there was no old value");
    }

    [Fact]
    public async Task API_70_with_optionalOldSelf_a_rule_holds_for_what_is_new_too()
    {
        var (path, _) = await DefineAsync("""{"properties":{"p":{"type":"string","x-kubernetes-validations":[{"rule":"oldSelf.hasValue() ? oldSelf.value() == self : self == 'first'","optionalOldSelf":true}]}}}""");
        (await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"p":"other"}}""")).Code.Should().Be(422);
        (await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"p":"first"}}""")).Code.Should().Be(201);
        (await api.MergeAsync($"{path}/a", """{"spec":{"p":"second"}}""")).Code.Should().Be(422);
    }

    [Fact]
    public async Task API_70_what_broke_a_new_rule_before_may_stay_while_it_is_not_changed()
    {
        var (path, group) = await DefineAsync("""{"properties":{"a":{"type":"integer"},"b":{"type":"integer"}}}""");
        (await api.PostAsync(path, """{"metadata":{"name":"a"},"spec":{"a":1,"b":1}}""")).Code.Should().Be(201);
        (await api.PatchAsync($"{Definitions}/ruleds.{group}", """[{"op":"add","path":"/spec/versions/0/schema/openAPIV3Schema/properties/spec/properties/a/x-kubernetes-validations","value":[{"rule":"self > 5"}]}]""", "application/json-patch+json"))
            .Code.Should().Be(200);
        (await api.MergeAsync($"{path}/a", """{"spec":{"b":2}}""")).Code.Should().Be(200);
        (await api.MergeAsync($"{path}/a", """{"spec":{"a":2}}""")).Code.Should().Be(422);
    }

    [Fact]
    public async Task API_70_a_rule_without_end_costs_a_bounded_time()
    {
        var (path, _) = await DefineAsync("""{"properties":{"l":{"type":"array","items":{"type":"integer"}}},"x-kubernetes-validations":[{"rule":"self.l.all(a, self.l.all(b, self.l.all(c, a + b + c > 0)))"}]}""");
        var list = string.Join(',', Enumerable.Repeat(1, 1000));
        (await api.PostAsync(path, $$$"""{"metadata":{"name":"a"},"spec":{"l":[{{{list}}}]}}""")).Message
            .Should().Contain("'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost exceeds limit for rule");
    }

    [Theory]
    [InlineData("self.b > 1", "rule", "compilation failed: ERROR: <input>:1:5: undefined field 'b'\n | self.b > 1\n | ....^")]
    [InlineData("self.a >", "rule", "compilation failed: ERROR: <input>:1:9: Syntax error")]
    [InlineData("other == 1", "rule", "compilation failed: ERROR: <input>:1:1: undeclared reference to 'other' (in container '')\n | other == 1\n | ^")]
    [InlineData("unknown(self.a)", "rule", "undeclared reference to 'unknown' (in container '')")]
    [InlineData("self.a == 'x'", "rule", "ERROR: <input>:1:8: found no matching overload for '_==_' applied to '(int, string)'\n | self.a == 'x'\n | .......^")]
    [InlineData("self.a.startsWith('x')", "rule", "found no matching overload for 'startsWith' applied to 'int.(string)'")]
    [InlineData("self.a + 1", "rule", "cel expression must evaluate to a bool")]
    [InlineData("self.l.all(x, x.n == oldSelf.a)", "rule", "type 'string' does not support field selection")]
    [InlineData("self.a.b", "rule", "type 'int' does not support field selection")]
    [InlineData("", "rule", "Required value: rule is not specified")]
    [InlineData("self.a > 0 && self.l.exists(x, x)", "rule", "found no matching overload")]
    public async Task API_70_a_rule_that_cannot_be_meant_is_refused_with_its_definition(string rule, string field, string problem)
    {
        var schema = """{"properties":{"a":{"type":"integer"},"l":{"type":"array","items":{"type":"string"}}},"x-kubernetes-validations":[RULE]}""".Replace("RULE", new JsonObject { ["rule"] = rule }.ToJsonString());
        var group = $"refused-{Interlocked.Increment(ref groups)}.example.com";
        var refused = await api.PostAsync(Definitions, Definition(group, schema, ""));
        refused.Code.Should().Be(422);
        refused.Message.Should().Contain($"spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].{field}: ").And.Contain(problem);
    }

    [Theory]
    [InlineData("""{"rule":"true","optionalOldSelf":true}""", "optionalOldSelf: Invalid value: true: may not be set if oldSelf is not used in rule")]
    [InlineData("""{"rule":"self == oldSelf"}""", "oldSelf cannot be used on the uncorrelatable portion of the schema within spec.validation.openAPIV3Schema.properties[spec].properties[l]")]
    [InlineData("""{"rule":"true","messageExpression":"1 + 1"}""", "messageExpression must evaluate to a string")]
    [InlineData("""{"rule":"true","messageExpression":"nobody"}""", "messageExpression compilation failed: ERROR: <input>:1:1: undeclared reference to 'nobody'")]
    [InlineData("""{"rule":"true","reason":"Why"}""", "Unsupported value: \"Why\": supported values: \"FieldValueForbidden\"")]
    [InlineData("""{"rule":"true","message":"two\nlines"}""", "message must not contain line breaks")]
    public async Task API_70_what_goes_with_a_rule_is_checked_too(string rule, string problem)
    {
        var schema = """{"properties":{"l":{"type":"array","items":{"type":"string","x-kubernetes-validations":[RULE]}}}}""".Replace("RULE", rule);
        var refused = await api.PostAsync(Definitions, Definition($"refused-{Interlocked.Increment(ref groups)}.example.com", schema, ""));
        refused.Code.Should().Be(422);
        refused.Message.Should().Contain(problem);
    }

    private async Task<(string Path, string Group)> DefineAsync(string spec, string rootRule = "")
    {
        var group = $"rules-{Interlocked.Increment(ref groups)}.example.com";
        var defined = await api.PostAsync(Definitions, Definition(group, spec, rootRule));
        defined.Code.Should().Be(201, defined.Message ?? "");
        return ($"/apis/{group}/v1/namespaces/{await api.NewNamespaceAsync()}/ruleds", group);
    }

    private static string Definition(string group, string spec, string rootRule) => """
        {"metadata":{"name":"ruleds.GROUP"},
         "spec":{"group":"GROUP","scope":"Namespaced","names":{"plural":"ruleds","kind":"Ruled"},
           "versions":[{"name":"v1","served":true,"storage":true,
             "schema":{"openAPIV3Schema":{"type":"object","x-kubernetes-validations":[ROOT],"properties":{"spec":SPEC}}}}]}}
        """.Replace("GROUP", group).Replace("ROOT", rootRule).Replace("SPEC", spec.Insert(1, "\"type\":\"object\","));
}
