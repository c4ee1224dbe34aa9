namespace Load;

/// <summary>One number of one server.</summary>
internal sealed record Measure(string Name, double Value, bool HigherIsBetter);
