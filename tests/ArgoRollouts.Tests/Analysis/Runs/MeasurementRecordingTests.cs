using ArgoRollouts.Analysis.Runs;
using ArgoRollouts.Models;

namespace ArgoRollouts.Tests.Analysis.Runs;

public sealed class MeasurementRecordingTests
{
    [Fact]
    public void Measurements_are_counted_and_errors_apart()
    {
        var result = new MetricResult { Name = "m" };
        foreach (var phase in new[] { "Successful", "Successful", "Failed", "Error", "Error", "Inconclusive", "Successful", "Error" })
        {
            MeasurementRecording.Record(result, new Measurement { Phase = phase }, continues: false, [], Given.Now);
        }
        result.Should().BeEquivalentTo(new { Count = 5, Successful = 3, Failed = 1, Inconclusive = 1, Error = 3, ConsecutiveError = 1, ConsecutiveSuccess = 0 });
        result.Measurements.Should().HaveCount(8).And.OnlyContain(m => m.FinishedAt == Given.Now);
    }

    [Fact]
    public void Successes_and_errors_in_a_row_start_anew_after_anything_else()
    {
        var result = new MetricResult { ConsecutiveSuccess = 2, ConsecutiveError = 0 };
        MeasurementRecording.Record(result, new Measurement { Phase = "Successful" }, continues: false, [], Given.Now);
        result.ConsecutiveSuccess.Should().Be(3);
        MeasurementRecording.Record(result, new Measurement { Phase = "Inconclusive" }, continues: false, [], Given.Now);
        (result.ConsecutiveSuccess, result.ConsecutiveError).Should().Be((0, 0));
    }

    [Fact]
    public void What_is_in_progress_is_replaced_and_counted_when_it_ends()
    {
        var result = new MetricResult { Measurements = [Given.Measurement("Running", finished: null)] };
        MeasurementRecording.Record(result, Given.Measurement("Running", finished: null), continues: true, [], Given.Now);
        (result.Count, result.Measurements.Count).Should().Be((0, 1));
        MeasurementRecording.Record(result, Given.Measurement("Failed", finished: 5), continues: true, [], Given.Now);
        (result.Count, result.Failed, result.Measurements.Count).Should().Be((1, 1, 1));
        result.Measurements[0].FinishedAt.Should().Be(Given.Ago(5));
    }

    [Fact]
    public void No_message_tells_a_secret()
    {
        var result = new MetricResult();
        MeasurementRecording.Record(result, new Measurement { Phase = "Error", Message = "token s3cret refused by s3cret.example" }, continues: false, ["s3cret", ""], Given.Now);
        result.Measurements![0].Message.Should().Be("token ***** refused by *****.example");
    }
}
