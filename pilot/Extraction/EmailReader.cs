using System.Text;
using AngleSharp.Html.Parser;
using MimeKit;

namespace AugmentedOS.Pilot.Extraction;

/// <summary>
/// Reads an e-mail: the PDFs attached to it where there are any, else the HTML of the message, else its plain text.
/// </summary>
internal sealed class EmailReader(DraftCheck check, PdfReader pdf) : IReceiptReader
{
    /// <summary>.NET knows the older character sets only once they are registered, and the parser takes what it does not know
    /// for Latin-1: a euro sign of windows-1252 gets lost.</summary>
    static EmailReader() => Encoding.RegisterProvider(CodePagesEncodingProvider.Instance);

    public FileKind Kind => FileKind.Email;

    public ExtractionResult Read(byte[] content)
    {
        if (Parse(content) is not { } message)
        {
            return ExtractionResult.Rejected(
                RejectionCode.Damaged, "The file is not an e-mail that can be read. Please forward the message again.");
        }

        var attached = message.BodyParts.OfType<MimePart>().Where(IsPdf).Select(Decode).ToList();
        return attached.Count > 0
            ? ExtractionResult.Together(attached.Select(pdf.Read))
            : check.Check(new FieldFinder(SheetOf(message)).Draft());
    }

    private static MimeMessage? Parse(byte[] content)
    {
        try
        {
            using var stream = new MemoryStream(content, writable: false);
            var message = MimeMessage.Load(stream);
            return message.From.Count > 0 && message.Body is not null ? message : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Sheet SheetOf(MimeMessage message)
    {
        if (message.HtmlBody is { Length: > 0 } html)
        {
            // A parser of its own: its browsing context is not made for several threads.
            using var document = new HtmlParser().ParseDocument(html);
            return HtmlSheet.Of(document);
        }

        return Sheet.OfLines((message.TextBody ?? string.Empty).Split('\n'));
    }

    private static bool IsPdf(MimePart part) =>
        part.Content is not null
        && (part.ContentType.IsMimeType("application", "pdf")
            || (part.FileName?.EndsWith(".pdf", StringComparison.OrdinalIgnoreCase) ?? false));

    private static byte[] Decode(MimePart part)
    {
        using var decoded = new MemoryStream();
        part.Content?.DecodeTo(decoded);
        return decoded.ToArray();
    }
}
