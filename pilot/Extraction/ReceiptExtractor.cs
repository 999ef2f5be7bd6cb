namespace AugmentedOS.Pilot.Extraction;

/// <summary>Reads any file of the inbox: finds out what it is and hands it to the reader for that kind.</summary>
internal sealed class ReceiptExtractor
{
    private const int MostBytes = 20 * 1024 * 1024;

    private readonly Dictionary<FileKind, IReceiptReader> _readers;

    public ReceiptExtractor(TimeProvider time)
    {
        var check = new DraftCheck(time);
        var pdf = new PdfReader(check);
        IReceiptReader[] readers =
            [pdf, new EmailReader(check, pdf), new TillReader(check), new StatementReader(check)];
        _readers = readers.ToDictionary(reader => reader.Kind);
    }

    public ExtractionResult Read(string name, byte[] content)
    {
        if (content.Length == 0)
        {
            return ExtractionResult.Rejected(RejectionCode.Empty, "The file is empty (0 bytes). Please send it again.");
        }

        if (content.Length > MostBytes)
        {
            return ExtractionResult.Rejected(RejectionCode.TooLarge, "The file is larger than 20 MB.");
        }

        return _readers.TryGetValue(FileKinds.Of(name, content), out var reader)
            ? reader.Read(content)
            : WrongKind(name, content);
    }

    private static ExtractionResult WrongKind(string name, byte[] content)
    {
        var kind = FileKinds.NameOfForeignKind(content) ?? "a file of an unknown kind";
        return ExtractionResult.Rejected(
            RejectionCode.WrongKind,
            $"The file is named “{Path.GetExtension(name)}” but is {kind}. "
            + "Please send the PDF, e-mail, till export or statement.");
    }
}
