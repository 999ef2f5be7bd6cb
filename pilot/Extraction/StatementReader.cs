using System.Text;
using CsvHelper;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>Reads a card statement: a receipt a line, in any separator and encoding.</summary>
internal sealed class StatementReader(DraftCheck check) : IReceiptReader
{
    private static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public FileKind Kind => FileKind.Statement;

    public ExtractionResult Read(byte[] content)
    {
        var lines = Decode(content).Split('\n').Select(line => line.TrimEnd('\r')).ToArray();
        if (StatementHeader.FindIn(lines) is not { } header)
        {
            return ExtractionResult.Rejected(
                RejectionCode.NotAStatement,
                "The table is not a card statement: it has no columns for date, merchant, reference and amount.");
        }

        var parts = Rows(lines, header).Select(row => check.Check(row)).ToList();
        return parts.Count > 0
            ? ExtractionResult.Together(parts)
            : ExtractionResult.Rejected(RejectionCode.NoText, "The statement has no lines.");
    }

    private static IEnumerable<ReceiptDraft> Rows(string[] lines, StatementHeader header)
    {
        // A stray quote in one line must not swallow the lines after it.
        var options = new CsvReaderOptions
        {
            Separator = header.Separator,
            HasHeader = false,
            AllowLineBreaksInQuotes = false,
            TrackLineNumbers = true,
        };
        using var csv = CsvReader.FromText(string.Join('\n', lines.Skip(header.Line)), options);
        while (csv.Read())
        {
            yield return new ReceiptDraft
            {
                Merchant = Field(csv, header.Merchant),
                Number = Field(csv, header.Number),
                Date = Field(csv, header.Date),
                Total = Field(csv, header.Amount),
                Currency = Field(csv, header.Currency),
                CostCentre = Field(csv, header.CostCentre),
                Employee = Field(csv, header.Employee),
                Purpose = Field(csv, header.Purpose),
                Line = header.Line + (int)csv.LineNumber,
            };
        }
    }

    private static string? Field(CsvReader csv, int column) => column < 0 ? null : csv.GetString(column);

    /// <summary>Banks write UTF-8 or the old Western encoding; bytes that are not UTF-8 are the latter.</summary>
    private static string Decode(byte[] content)
    {
        try
        {
            return StrictUtf8.GetString(content).TrimStart('\ufeff');
        }
        catch (DecoderFallbackException)
        {
            return CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetString(content);
        }
    }
}
