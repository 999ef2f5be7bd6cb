using System.Security.Cryptography;
using System.Text;

namespace AugmentedOS.Pilot.Receipts;

/// <summary>
/// What makes two receipts the same purchase, whatever paper or file they arrive in: merchant, number, date and total.
/// </summary>
/// <remarks>
/// Spelling differs between a PDF and the confirmation e-mail (capitals, spaces, hyphens), so only letters and digits
/// count. Who claims it and for which cost centre does not: a purchase is paid once.
/// </remarks>
internal static class Fingerprint
{
    public static string Of(Receipt receipt)
    {
        var text = string.Join(
            '|',
            LettersAndDigits(receipt.Merchant),
            LettersAndDigits(receipt.Number),
            receipt.Date.ToString("O"),
            receipt.Total.MinorUnits,
            receipt.Total.Currency);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }

    private static string LettersAndDigits(string text) =>
        string.Concat(text.Where(char.IsLetterOrDigit)).ToUpperInvariant();
}
