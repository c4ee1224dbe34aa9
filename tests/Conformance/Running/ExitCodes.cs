namespace Conformance.Running;

/// <summary>What the program ends with.</summary>
internal static class ExitCodes
{
    public const int Passed = 0;
    public const int Failed = 1;
    public const int WrongOption = 2;
    public const int Stopped = 130;
}
