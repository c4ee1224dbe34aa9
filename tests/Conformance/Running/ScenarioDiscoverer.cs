using System.Globalization;
using Fixtures.Recording;
using Fixtures.Running;
using Xunit.Sdk;
using Xunit.v3;

[assembly: Parallelization(Mode = ParallelMode.All)] // repetitions, too, play beside each other

namespace Conformance.Running;

/// <summary>Makes one test case of a scenario, or as many as <c>--repeat</c> asks for.</summary>
public sealed class ScenarioDiscoverer : FactDiscoverer
{
    private const string RepetitionTrait = "repetition";

    /// <summary>The scenario that a test is running, with the number of its repetition; null in any other test.</summary>
    internal static ScenarioInfo? Running(ITestContext context) =>
        ScenarioCatalogue.Of(((IXunitTestMethod)context.TestMethod!).Method) is { } info
            ? info with
            {
                Repetition = context.TestCase!.Traits.TryGetValue(RepetitionTrait, out var number)
                    ? int.Parse(number.Single(), CultureInfo.InvariantCulture)
                    : null,
            }
            : null;

    /// <inheritdoc/>
    public override ValueTask<IReadOnlyCollection<IXunitTestCase>> Discover(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute)
    {
        var repeat = Repeat();
        return repeat == 1
            ? base.Discover(discoveryOptions, testMethod, factAttribute)
            : new([.. Enumerable.Range(1, repeat).Select(number => Repetition(discoveryOptions, testMethod, factAttribute, number))]);
    }

    private static XunitTestCase Repetition(
        ITestFrameworkDiscoveryOptions discoveryOptions, IXunitTestMethod testMethod, IFactAttribute factAttribute, int number)
    {
        var details = TestIntrospectionHelper.GetTestCaseDetails(discoveryOptions, testMethod, factAttribute);
        var traits = testMethod.Traits.ToDictionary(trait => trait.Key, trait => trait.Value.ToHashSet());
        traits[RepetitionTrait] = [number.ToString(CultureInfo.InvariantCulture)];
        return new(
            details.ResolvedTestMethod,
            $"{details.TestCaseDisplayName} (repetition {number})",
            $"{details.UniqueID}-{number}",
            details.Explicit,
            details.SkipExceptions,
            details.SkipReason,
            details.SkipType,
            details.SkipUnless,
            details.SkipWhen,
            traits,
            sourceFilePath: details.SourceFilePath,
            sourceLineNumber: details.SourceLineNumber,
            timeout: details.Timeout);
    }

    /// <summary>A wrong option is told by the run, which does not begin; here it would only make tests disappear.</summary>
    private static int Repeat()
    {
        try
        {
            return Launch.Options.Repeat;
        }
        catch (OptionException)
        {
            return 1;
        }
    }
}
