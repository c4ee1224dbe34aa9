using Kubernetes.Cel.Values;

namespace Kubernetes.Cel.Evaluation;

/// <summary>How much may still be done; one for each step, more where an operation goes over long texts or lists.</summary>
/// <param name="limit">Steps.</param>
/// <param name="outer">What is spent here is spent there too.</param>
public sealed class Budget(long limit, Budget? outer = null)
{
    public const string Exceeded = "operation cancelled: actual cost limit exceeded";
    public const string ObjectExceeded = "running out of cost budget";

    private long left = limit;

    /// <summary>Whether it was this that ended an evaluation: no operator goes on after it.</summary>
    public static bool IsExceeded(CelException e) => e.Message is Exceeded or ObjectExceeded;

    /// <exception cref="CelException">Nothing is left.</exception>
    public void Spend(long cost)
    {
        left -= cost;
        if (left < 0)
        {
            throw new CelException(outer is null ? ObjectExceeded : Exceeded);
        }
        outer?.Spend(cost);
    }
}
