using System.Globalization;

namespace Naq.Events.Processing;

/// <summary>A part of the jobs, which one process at a time handles.</summary>
/// <param name="Index">Which part, from 0.</param>
/// <param name="Count">Into how many parts jobs are divided.</param>
internal readonly record struct JobShare(int Index, int Count)
{
    private const uint FnvOffset = 2_166_136_261;
    private const uint FnvPrime = 16_777_619;

    /// <summary>What its place in the stream is called: the first has the processor's name, and knows how many there are.</summary>
    public string NameOf(string processor) => Index == 0 ? processor : string.Create(CultureInfo.InvariantCulture, $"{processor}={Index}");

    /// <summary>Whether a job belongs to it. It has to be the same in every version: FNV-1a of the job's token in subjects.</summary>
    public bool Has(ReadOnlySpan<char> jobToken)
    {
        var hash = FnvOffset;
        foreach (var letter in jobToken)
            hash = (hash ^ letter) * FnvPrime;

        return hash % (uint)Count == (uint)Index;
    }
}
