using ArgoCd.Server;
using ArgoCd.Server.Sessions;
using Microsoft.Extensions.Time.Testing;

namespace ArgoCd.Tests.Server;

public sealed class SessionTokensTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero));

    private SessionTokens Tokens(string key = "secret") => new(System.Text.Encoding.ASCII.GetBytes(key), _time);

    [Fact]
    public void A_token_names_its_user() => Tokens().Verify(Tokens().Create("admin", TimeSpan.FromHours(1))).Should().Be("admin");

    [Fact]
    public void A_token_expires()
    {
        var token = Tokens().Create("admin", TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromHours(1));
        FluentActions.Invoking(() => Tokens().Verify(token)).Should().Throw<GrpcException>().WithMessage("invalid session: token has invalid claims: token is expired");
    }

    [Fact]
    public void A_token_signed_with_another_key_is_refused()
        => FluentActions.Invoking(() => Tokens().Verify(Tokens("other").Create("admin", TimeSpan.FromHours(1)))).Should().Throw<GrpcException>()
            .Which.HttpStatus.Should().Be(401);

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("..")]
    public void What_is_no_token_is_refused(string token)
        => FluentActions.Invoking(() => Tokens().Verify(token)).Should().Throw<GrpcException>().WithMessage("invalid session: *");
}
