using System.Text.Json.Nodes;
using Fixtures.Waiting;

namespace Fixtures.Tests.Waiting;

public sealed class FailureTextTests
{
    private static readonly Expectation PausedAtStepOne = new(
        "Paused at step 1",
        [
            new(".status.phase", "Paused", value => value?.ToString() == "Paused"),
            new(".status.currentStepIndex", "1", value => value?.ToString() == "1"),
        ]);

    [Fact]
    public void It_says_what_was_expected_observed_and_different_how_it_got_there_where_to_look_and_how_to_run_it_again()
    {
        var failed = new FailedWait(
            "Rollout 'shop/checkout'",
            "did not become Paused at step 1 within 60 s",
            PausedAtStepOne,
            JsonNode.Parse(
                """
                {
                  "metadata": { "resourceVersion": "412", "generation": 2 },
                  "status": { "phase": "Degraded", "currentStepIndex": 0, "observedGeneration": "2",
                              "message": "ProgressDeadlineExceeded: ReplicaSet \"checkout-5c9\" has timed out progressing." }
                }
                """),
            [new(TimeSpan.FromSeconds(0.4), "Progressing, 0"), new(TimeSpan.FromSeconds(31), "Degraded, 0")],
            "artifacts/1/CN-07/{objects.yaml,events.txt,history.jsonl,traffic.csv}",
            "dotnet run --project tests/Conformance -- --filter CN-07");

        FailureText.Of(failed).Should().Be(
            """
            Rollout 'shop/checkout' did not become Paused at step 1 within 60 s.
              expected  .status.phase Paused, .status.currentStepIndex 1
              observed  .status.phase Degraded, .status.currentStepIndex 0   (resourceVersion 412, generation 2 observed 2)
                        "ProgressDeadlineExceeded: ReplicaSet "checkout-5c9" has timed out progressing."
              differs   .status.phase              Paused  <>  Degraded
                        .status.currentStepIndex   1       <>  0
              changes   +0.4s Progressing, 0  +31.0s Degraded, 0   (2 of 2)
              look      artifacts/1/CN-07/{objects.yaml,events.txt,history.jsonl,traffic.csv}
              again     dotnet run --project tests/Conformance -- --filter CN-07
            """);
    }

    [Fact]
    public void Something_that_does_not_exist_is_called_so()
    {
        var failed = new FailedWait(
            "Rollout 'shop/checkout'", "did not become Paused at step 1 within 60 s", PausedAtStepOne, null,
            [new(TimeSpan.Zero, "(does not exist)")], "artifacts", "again");

        FailureText.Of(failed).Should().Contain(
            """
              observed  it does not exist
              differs   .status.phase              Paused  <>  (none)
                        .status.currentStepIndex   1       <>  (none)
              changes   +0.0s (does not exist)   (1 of 1)
            """);
    }

    [Fact]
    public void A_long_history_keeps_its_end_and_says_how_long_it_was()
    {
        var changes = Enumerable.Range(0, 40).Select(second => new FieldChange(TimeSpan.FromSeconds(second), $"Progressing, {second}")).ToList();

        var text = FailureText.Of(new("R", "did not", PausedAtStepOne, null, changes, "", ""));

        text.Should().Contain("changes   +28.0s Progressing, 28  +29.0s").And.Contain("+39.0s Progressing, 39   (12 of 40)");
    }
}
