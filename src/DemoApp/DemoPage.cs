namespace DemoApp;

/// <summary>The page of coloured tiles.</summary>
internal static class DemoPage
{
    public static string Html { get; } = Read();

    private static string Read()
    {
        using var stream = typeof(DemoPage).Assembly.GetManifestResourceStream("DemoApp.Page.index.html")
            ?? throw new InvalidOperationException("the page is not among the assembly's resources: DemoApp.Page.index.html");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
