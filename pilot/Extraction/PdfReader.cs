using UglyToad.PdfPig;
using UglyToad.PdfPig.Exceptions;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>Reads a PDF that carries text. Scans, locked and damaged files are turned away.</summary>
internal sealed class PdfReader(DraftCheck check) : IReceiptReader
{
    private const int MostPages = 20;

    public FileKind Kind => FileKind.Pdf;

    public ExtractionResult Read(byte[] content)
    {
        // The end marker stands within the last kilobyte. The library would try to repair what it has, and half a
        // receipt may show a total that is not the total.
        if (content.AsSpan(Math.Max(0, content.Length - 1024)).IndexOf("%%EOF"u8) < 0)
        {
            return Damaged("breaks off in the middle");
        }

        try
        {
            using var document = PdfDocument.Open(content);
            var sheet = PdfSheet.Of(document.GetPages().Take(MostPages));
            return sheet.Rows.Count == 0
                ? ExtractionResult.Rejected(
                    RejectionCode.NoText,
                    "The PDF is a scan: it shows a picture and holds no text. Please enter it by hand.")
                : check.Check(new FieldFinder(sheet).Draft());
        }
        catch (PdfDocumentEncryptedException)
        {
            return ExtractionResult.Rejected(
                RejectionCode.Locked, "The PDF is locked with a password. Please send it without one.");
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            // A parser of a format this loose throws nearly anything on bytes that a stranger sent.
            return Damaged("cannot be read");
        }
    }

    private static ExtractionResult Damaged(string how) =>
        ExtractionResult.Rejected(RejectionCode.Damaged, $"The PDF is damaged: it {how}. Please send it again.");
}
