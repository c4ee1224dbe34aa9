using Kubernetes.Api.Streaming.Spdy;

namespace Kubernetes.Tests.Api.Streaming;

/// <summary>SPDY's header blocks, as moby/spdystream sends them.</summary>
public sealed class HeaderBlocksTests
{
    // the streams of errors and of data of a forwarded connection, compressed by zlib with the dictionary
    private const string First = "78f9e3c6a7c202253a703a2b294a4dcc851625aca9a0808614cb45e01c6061606100a4398b20d198094ade8c0600000000ffff";
    private const string Second = "c2aa19540e2512d60b000000ffff";

    [Fact]
    public void The_dictionary_has_the_checksum_that_clients_send() => Adler32(SpdyDictionary.Bytes).Should().Be(0xe3c6a7c2);

    [Fact]
    public void Blocks_of_one_connection_are_one_compressed_stream()
    {
        using var blocks = new HeaderBlocks();
        blocks.Read(Convert.FromHexString(First)).Should().BeEquivalentTo(new Dictionary<string, string> { ["streamtype"] = "error", ["port"] = "8080", ["requestid"] = "0" });
        blocks.Read(Convert.FromHexString(Second)).Should().BeEquivalentTo(new Dictionary<string, string> { ["streamtype"] = "data", ["port"] = "8080", ["requestid"] = "0" });
    }

    [Theory, InlineData(""), InlineData("78"), InlineData("78bbe3c6a7c2ffffffff"), InlineData("7801000400fbffffffffff"), InlineData("7801000400fbff00000001")]
    public void What_is_no_block_is_refused(string hex)
    {
        using var blocks = new HeaderBlocks();
        blocks.Invoking(reader => reader.Read(Convert.FromHexString(hex))).Should().Throw<SpdyException>();
    }

    [Fact]
    public void Own_blocks_are_readable_one_after_another()
    {
        using var blocks = new HeaderBlocks();
        blocks.Read(HeaderBlocks.Empty(first: true)).Should().BeEmpty();
        blocks.Read(HeaderBlocks.Empty(first: false)).Should().BeEmpty();
    }

    // RFC 1950
    private static uint Adler32(ReadOnlySpan<byte> bytes)
    {
        var (a, b) = (1u, 0u);
        foreach (var value in bytes)
        {
            a = (a + value) % 65521;
            b = (b + a) % 65521;
        }

        return b << 16 | a;
    }
}
