using System.IO.Pipelines;
using System.Text;
using Kubernetes.Api.Commands;
using Kubernetes.Node.Programs;

namespace Kubernetes.Tests.Node;

/// <summary>Those attached to a container: what they type and what they see, whichever begins first.</summary>
public sealed class ContainerStreamsTests
{
    private readonly ContainerStreams _streams = new();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_typed_reaches_a_program_that_starts_later_and_its_input_ends_when_meant_for_one_client(bool attachedFirst)
    {
        var program = new Pipe();
        var attached = attachedFirst ? Attach("a\nb\n") : null;
        _streams.TakeInput(program.Writer.AsStream(), once: true);
        attached ??= Attach("a\nb\n");

        using var reader = new StreamReader(program.Reader.AsStream());
        (await reader.ReadToEndAsync(TestContext.Current.CancellationToken)).Should().Be("a\nb\n");
        _streams.End();
        await attached;
    }

    [Fact]
    public async Task A_program_that_takes_no_input_lets_its_client_go_when_it_ends()
    {
        var attached = Attach("nobody reads this");
        _streams.End();
        await attached;
    }

    [Fact]
    public async Task What_was_printed_while_attached_is_passed_on_before_the_end()
    {
        var seen = new StringBuilder();
        var attached = _streams.AttachAsync(
            new CommandStreams(null, bytes => Add("out", bytes), bytes => Add("err", bytes)),
            TestContext.Current.CancellationToken);
        _streams.Publish("one"u8, isError: false);
        _streams.Publish("two"u8, isError: true);
        _streams.End();
        await attached;
        seen.ToString().Should().Be("out:one err:two ");

        Task Add(string stream, ReadOnlyMemory<byte> bytes)
        {
            seen.Append($"{stream}:{Encoding.UTF8.GetString(bytes.Span)} ");
            return Task.CompletedTask;
        }
    }

    private Task Attach(string typed) => _streams.AttachAsync(
        new CommandStreams(new MemoryStream(Encoding.UTF8.GetBytes(typed)), _ => Task.CompletedTask, _ => Task.CompletedTask),
        TestContext.Current.CancellationToken);
}
