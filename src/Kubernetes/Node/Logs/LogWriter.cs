using System.Text;
using Kubernetes.Api.Logs;

namespace Kubernetes.Node.Logs;

/// <summary>Writes text into a container's log, line by line.</summary>
internal sealed class LogWriter(LogBuffer buffer, TimeProvider time) : TextWriter
{
    private readonly Lock _lock = new();
    private readonly StringBuilder _line = new();

    public override Encoding Encoding => Encoding.UTF8;

    public override void Write(char value)
    {
        lock (_lock)
        {
            if (value == '\n')
            {
                End();
            }
            else if (value != '\r')
            {
                _line.Append(value);
            }
        }
    }

    public override void Write(string? value)
    {
        lock (_lock)
        {
            foreach (var character in value ?? "")
            {
                Write(character);
            }
        }
    }

    public override void WriteLine(string? value)
    {
        lock (_lock)
        {
            Write(value);
            Write('\n');
        }
    }

    protected override void Dispose(bool disposing)
    {
        lock (_lock)
        {
            if (_line.Length > 0)
            {
                End();
            }
        }

        base.Dispose(disposing);
    }

    private void End()
    {
        buffer.Append(new LogLine(time.GetUtcNow(), _line.ToString()));
        _line.Clear();
    }
}
