namespace AugmentedOS.Pilot.Extraction;

/// <summary>Reads the receipts out of one kind of file. Bad content is a rejection, never an exception.</summary>
internal interface IReceiptReader
{
    FileKind Kind { get; }

    ExtractionResult Read(byte[] content);
}
