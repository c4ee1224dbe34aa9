namespace ArgoRollouts.Tests.Analysis.Expressions;

public sealed class LiteralTests
{
    [Theory]
    [InlineData("42", "int 42")]
    [InlineData("1_000_000", "int 1000000")]
    [InlineData("0x1F", "int 31")]
    [InlineData("0xdead_beef", "int 3735928559")]
    [InlineData("9223372036854775807", "int 9223372036854775807")]
    [InlineData("4.5", "float64 4.5")]
    [InlineData(".5", "float64 0.5")]
    [InlineData("1.", "float64 1")]
    [InlineData("1e3", "float64 1000")]
    [InlineData("1.5e-7", "float64 1.5e-07")]
    [InlineData("1e21", "float64 1e+21")]
    [InlineData("true", "bool true")]
    [InlineData("false", "bool false")]
    [InlineData("nil", "<nil> <nil>")]
    [InlineData("'a\"b'", "string a\"b")]
    [InlineData("\"a'b\"", "string a'b")]
    [InlineData(@"""tab\tquote\"" \\ \x41 \u00e9 \U0001F600 \101""", "string tab\tquote\" \\ A é 😀 A")]
    [InlineData(@"""\xc4""", "string Ä")]
    [InlineData("[]", "[]interface {} []")]
    [InlineData("[1, 'a', true, nil,]", "[]interface {} [1 a true <nil>]")]
    [InlineData("{}", "map[string]interface {} map[]")]
    [InlineData("{a: 1, 'b c': 2, 3: 4, ('d' + 'e'): 5,}", "map[string]interface {} map[3:4 a:1 b c:2 de:5]")]
    [InlineData("1 // comment", "int 1")]
    [InlineData("1 /* one */ + 2", "int 3")]
    public void A_literal_has_its_type_and_value(string expression, string expected) => Evaluated.Text(expression).Should().Be(expected);

    [Fact]
    public void Of_two_equal_keys_of_a_map_the_first_counts() => Evaluated.Text("{a: 1, a: 2}").Should().Be("map[string]interface {} map[a:1]");

    [Theory]
    [InlineData("\"hello", "literal not terminated")]
    [InlineData("'a\nb'", "literal not terminated")]
    [InlineData("\"\\xQA\"", "invalid char escape")]
    [InlineData("\"\\q\"", "invalid char escape")]
    [InlineData("\"\\'\"", "invalid char escape")]
    [InlineData("früh ♥︎", "unrecognized character: U+2665 '♥'")]
    [InlineData("`a`", "unrecognized character: U+0060 '`'")]
    [InlineData("1 /* a", "unclosed comment")]
    [InlineData("1a", "bad number syntax: \"1a\"")]
    [InlineData("0b101", "invalid integer literal: strconv.ParseInt: parsing \"0b101\": invalid syntax")]
    [InlineData("9223372036854775808", "invalid integer literal: strconv.ParseInt: parsing \"9223372036854775808\": value out of range")]
    [InlineData("0x1.8", "invalid hex literal: strconv.ParseInt: parsing \"0x1.8\": invalid syntax")]
    [InlineData("1e999", "invalid float literal: strconv.ParseFloat: parsing \"1e999\": value out of range")]
    [InlineData("{(1): 2}", "interface conversion: interface {} is int, not string")]
    public void A_bad_literal_is_refused(string expression, string message) => Evaluated.Failure(expression).Message.Should().Be(message);
}
