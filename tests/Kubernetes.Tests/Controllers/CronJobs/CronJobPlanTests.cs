using k8s.Models;
using Kubernetes.Controllers.CronJobs;

namespace Kubernetes.Tests.Controllers.CronJobs;

public sealed class CronJobPlanTests
{
    private static readonly DateTime Minute = new(2026, 1, 2, 3, 4, 0, DateTimeKind.Utc);

    [Fact]
    public void A_job_starts_for_the_most_recent_time_that_came_since_the_last_one()
    {
        Plan(Job(last: Minute.AddMinutes(-3))).Should().Match<CronJobPlan>(plan => plan.Start == Minute && plan.LookAgainAt == Minute.AddMinutes(1));
        Plan(Job(last: Minute)).Start.Should().BeNull();
        Plan(Job(created: Minute.AddSeconds(1))).Start.Should().BeNull("no time came since it was made");
        Plan(Job(suspend: true, last: Minute.AddMinutes(-3))).Should().Be(new CronJobPlan());
    }

    [Fact]
    public void The_concurrency_policy_decides_about_jobs_that_still_run()
    {
        var running = Finished("running", null);

        Plan(Job("Allow", Minute.AddMinutes(-1)), running).Start.Should().Be(Minute);
        Plan(Job("Forbid", Minute.AddMinutes(-1)), running).Should().Match<CronJobPlan>(plan => plan.Start == null && plan.Notice!.Value.Reason == "JobAlreadyActive");
        Plan(Job("Replace", Minute.AddMinutes(-1)), running).Replace.Should().Equal(running);
        Plan(Job("Forbid", Minute.AddMinutes(-1)), Finished("done", "Complete")).Start.Should().Be(Minute);
    }

    [Fact]
    public void A_start_after_its_deadline_is_missed()
    {
        var late = Job(last: Minute.AddHours(-5));
        late.Spec.Schedule = "0 * * * *";
        late.Spec.StartingDeadlineSeconds = 60;

        Plan(late).Start.Should().BeNull("four minutes past the hour is too late");
        late.Spec.StartingDeadlineSeconds = 300;
        Plan(late).Start.Should().Be(Minute.AddMinutes(-4));
    }

    [Fact]
    public void More_than_a_hundred_missed_times_are_warned_of_and_the_last_is_still_started()
        => Plan(Job(last: Minute.AddDays(-30))).Should().Match<CronJobPlan>(plan => plan.Start == Minute && plan.Warning!.Value.Reason == "TooManyMissedTimes");

    [Fact]
    public void An_unreadable_schedule_is_told()
    {
        var job = Job();
        job.Spec.Schedule = "often";
        Plan(job).Warning!.Value.Reason.Should().Be("UnparseableSchedule");
    }

    [Fact]
    public void The_oldest_finished_jobs_beyond_the_limits_go()
    {
        var job = Job();
        job.Spec.SuccessfulJobsHistoryLimit = 1;
        job.Spec.FailedJobsHistoryLimit = 0;

        CronJobPlan.Outlived(job, [Finished("a", "Complete"), Finished("b", "Complete"), Finished("c", "Failed"), Finished("d", null)])
            .Select(gone => gone.Metadata.Name).Should().Equal("a", "c");
    }

    private static CronJobPlan Plan(V1CronJob job, params V1Job[] jobs) => CronJobPlan.For(job, jobs, Objects.Now);

    private static V1CronJob Job(string policy = "Allow", DateTime? last = null, DateTime? created = null, bool suspend = false) => new()
    {
        Metadata = new V1ObjectMeta { Name = "tick", NamespaceProperty = "shop", Uid = "cron", CreationTimestamp = created ?? Objects.Now.AddDays(-90) },
        Spec = new V1CronJobSpec { Schedule = "* * * * *", ConcurrencyPolicy = policy, Suspend = suspend, JobTemplate = new V1JobTemplateSpec() },
        Status = new V1CronJobStatus { LastScheduleTime = last },
    };

    private static V1Job Finished(string name, string? condition) => new()
    {
        Metadata = new V1ObjectMeta { Name = name, Uid = name },
        Status = new V1JobStatus
        {
            StartTime = Minute.AddMinutes(name[0] - 'z'),
            Conditions = condition is null ? null : [new V1JobCondition { Type = condition, Status = "True" }],
        },
    };
}
