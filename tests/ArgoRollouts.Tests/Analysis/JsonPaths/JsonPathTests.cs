using ArgoRollouts.Analysis.Go;
using ArgoRollouts.Analysis.JsonPaths;

namespace ArgoRollouts.Tests.Analysis.JsonPaths;

public sealed class JsonPathTests
{
    private const string Document = """
        {
          "kind": "List",
          "d": null,
          "with.dot": "dotted",
          "items": [
            {"name": "a", "ready": true, "load": 0.5, "labels": {"app": "x"}},
            {"name": "b", "ready": false, "load": 1.5},
            {"name": "c", "load": 2.5}
          ],
          "numbers": [1, 2, 3, 4, 5]
        }
        """;

    [Theory]
    [InlineData("{$.kind}", "\"List\"")]
    [InlineData("{.kind}", "\"List\"")]
    [InlineData("{.d}", "null")]
    [InlineData("{.items[0].name}", "\"a\"")]
    [InlineData("{.items[-1].name}", "\"c\"")]
    [InlineData("{.items[0:2].name}", "\"a\" \"b\"")]
    [InlineData("{.items[*].name}", "\"a\" \"b\" \"c\"")]
    [InlineData("{.numbers[1:]}", "2 3 4 5")]
    [InlineData("{.numbers[::2]}", "1 3 5")]
    [InlineData("{.numbers[-2:]}", "4 5")]
    [InlineData("{.numbers[0,2]}", "1 3")]
    [InlineData("{.numbers[2:2]}", "")]
    [InlineData("{.items[0]['name','ready']}", "\"a\" true")]
    [InlineData("{['with.dot']}", null)] // a key in quotes is read as a path of its own
    [InlineData("{.with\\.dot}", "\"dotted\"")]
    [InlineData("{['kind']}", "\"List\"")]
    [InlineData("{.items[0].labels.*}", "\"x\"")]
    [InlineData("{..app}", "\"x\"")]
    [InlineData("{..name}", "\"a\" \"b\" \"c\"")]
    [InlineData("{.items[?(@.name==\"b\")].load}", "1.5")]
    [InlineData("{.items[?(@.name!='b')].name}", "\"a\" \"c\"")]
    [InlineData("{.items[?(@.load>1.0)].name}", "\"b\" \"c\"")]
    [InlineData("{.items[?(@.load<=1.5)].name}", "\"a\" \"b\"")]
    [InlineData("{.items[?(@.ready)].name}", "\"a\" \"b\"")]
    [InlineData("{.items[?(@.name=~\"[ab]\")].name}", "\"a\" \"b\"")]
    [InlineData("{range .items[*]}{.name}{end}", "\"a\" \"b\" \"c\"")]
    [InlineData("kind is {.kind}", "\"kind is \" \"List\"")]
    [InlineData("{\"text\"}", "\"text\"")]
    [InlineData("{.kind}{.d}", "\"List\" null")]
    [InlineData("$.kind", "\"$.kind\"")] // without braces it is text
    public void A_path_finds_values(string path, string? expected)
    {
        if (expected is null)
        {
            var find = () => JsonPath.Parse(path).Find(GoJsonReader.Read(Document));
            find.Should().Throw<JsonPathException>().WithMessage("with is not found");
            return;
        }
        var found = JsonPath.Parse(path).Find(GoJsonReader.Read(Document)).SelectMany(values => values);
        string.Join(' ', found.Select(value => GoJsonWriter.Write(value))).Should().Be(expected);
    }

    [Fact]
    public void The_document_itself_is_a_dollar_sign() =>
        GoJsonWriter.Write(JsonPath.Parse("{$}").Find(GoJsonReader.Read("""{"b": [1, 2.50, "x<y"], "a": {}}"""))[0][0])
            .Should().Be("""{"a":{},"b":[1,2.5,"x\u003cy"]}""");

    [Theory]
    [InlineData("{.nothing}", "nothing is not found")]
    [InlineData("{.kind.deeper}", "deeper is not found")]
    [InlineData("{.d.deeper}", "deeper is not found")]
    [InlineData("{.kind[0]}", "string is not array or slice")]
    [InlineData("{.items[9]}", "array index out of bounds: index 9, length 3")]
    [InlineData("{.items[0:9]}", "array index out of bounds: index 8, length 3")]
    [InlineData("{.numbers[3:1]}", "starting index 3 is greater than ending index 1")]
    [InlineData("{.numbers[0:3:0]}", "step must be > 0")]
    [InlineData("{.kind[?(@.a)]}", "List is not array or slice and cannot be filtered")]
    [InlineData("{.items[?(@.load==1)]}", "incompatible types for comparison")] // numbers of JSON are floats
    [InlineData("{.items[?(@.labels==1)]}", "invalid type for comparison")]
    [InlineData("{hello}", "unrecognized identifier hello")]
    [InlineData("{end}", "not in range, nothing to end")]
    public void What_is_not_there_is_told(string path, string message)
    {
        var find = () => JsonPath.Parse(path).Find(GoJsonReader.Read(Document));
        find.Should().Throw<JsonPathException>().WithMessage(message);
    }

    [Theory]
    [InlineData("{.a", "unclosed action")]
    [InlineData("{.a[0}", "unterminated array")]
    [InlineData("{.a[b]}", "invalid array index b")]
    [InlineData("{.a[?(@.b]}", "unterminated filter")]
    [InlineData("{.a[?(@.b)}", "unclosed array expect ]")]
    [InlineData("{'a}", "unterminated quoted string")]
    [InlineData("{....a}", "invalid multiple recursive descent")]
    [InlineData("{%}", "unrecognized character in action: U+0025 '%'")]
    [InlineData("{+a}", "cannot parse number +")]
    public void What_is_no_path_is_refused(string path, string message)
    {
        var parse = () => JsonPath.Parse(path);
        parse.Should().Throw<JsonPathException>().WithMessage(message);
    }
}
