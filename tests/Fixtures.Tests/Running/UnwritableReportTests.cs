using Fixtures.Recording;
using Fixtures.Running;

namespace Fixtures.Tests.Running;

/// <summary>A run whose report cannot be written, because the disk is full or the folder is not its own.</summary>
public sealed class UnwritableReportTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("unwritable-report-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task It_fails_with_one_sentence_and_is_ended_in_order()
    {
        var inTheWay = Path.Combine(_folder.FullName, "results");
        await File.WriteAllTextAsync(inTheWay, "a file where the folder should be", TestContext.Current.CancellationToken);
        var temporary = _folder.CreateSubdirectory("temporary");
        var session = new RunSession(new SuiteOptions(), new NoListener(), [], new RunFolder("20260101-000000", inTheWay, temporary.FullName));

        await session.ReportAsync();
        await session.DisposeAsync();

        session.Run!.Verdict.Should().Be(Verdict.Failed);
        session.Run.Failure.Should().StartWith($"the report cannot be written to {Path.Combine("artifacts", "20260101-000000")}: ").And.Contain("make room there");
        Directory.Exists(temporary.FullName).Should().BeFalse();
    }
}
