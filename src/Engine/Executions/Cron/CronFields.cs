namespace AugmentedOS.Engine.Executions.Cron;

/// <summary>Reads the five fields (or a name for them) and writes them out as plain lists of numbers.</summary>
internal static class CronFields
{
    private static readonly string[] Months =
        ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    private static readonly Field[] Order =
    [
        new(0, 59, [], 0), new(0, 23, [], 0), new(1, 31, [], 0), new(1, 12, Months, 1), new(0, 6, Days, 0),
    ];

    /// <summary>The expressions whose ticks together are the schedule's; null when it cannot be read. There are two
    /// when both days are restricted, because cron then means either of them.</summary>
    public static IReadOnlyList<string>? Parse(string text)
    {
        if (text.StartsWith('@'))
        {
            return Named(text) is { } named ? [named] : null;
        }

        var parts = text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length != Order.Length)
        {
            return null;
        }

        var fields = new string[Order.Length];
        for (var i = 0; i < Order.Length; i++)
        {
            if (Order[i].Read(parts[i]) is not { } read)
            {
                return null;
            }

            fields[i] = read;
        }

        var (time, month) = ($"{fields[0]} {fields[1]}", fields[3]);
        return fields[2] == "*" || fields[4] == "*"
            ? [string.Join(' ', fields)]
            : [$"{time} {fields[2]} {month} *", $"{time} * {month} {fields[4]}"];
    }

    private static string? Named(string name) => name switch
    {
        "@yearly" or "@annually" => "0 0 1 1 *",
        "@monthly" => "0 0 1 * *",
        "@weekly" => "0 0 * * 0",
        "@daily" or "@midnight" => "0 0 * * *",
        "@hourly" => "0 * * * *",
        _ => null,
    };

    /// <summary>One field: its range, and names for its values.</summary>
    private sealed record Field(int Min, int Max, string[] Names, int FirstName)
    {
        public string? Read(string text)
        {
            var values = new SortedSet<int>();
            var isAny = false;
            foreach (var part in text.Split(','))
            {
                if (!TryReadRange(part, values, ref isAny))
                {
                    return null;
                }
            }

            return isAny ? "*" : string.Join(',', values);
        }

        private bool TryReadRange(string part, SortedSet<int> values, ref bool isAny)
        {
            var steps = part.Split('/');
            var step = 1;
            if (steps.Length > 2 || (steps.Length == 2 && (!TryNumber(steps[1], out step) || step == 0)))
            {
                return false;
            }

            var any = steps[0] is "*" or "?";
            var (low, high) = (Min, Max);
            if (!any && !TryReadBounds(steps[0], openEnded: steps.Length == 2, out low, out high))
            {
                return false;
            }

            isAny |= any && step == 1;
            for (long value = low; value <= high; value += step)
            {
                values.Add((int)value);
            }

            return true;
        }

        private bool TryReadBounds(string text, bool openEnded, out int low, out int high)
        {
            var bounds = text.Split('-');
            high = 0;
            if (bounds.Length > 2 || !TryValue(bounds[0], out low))
            {
                low = 0;
                return false;
            }

            high = openEnded ? Max : low;
            return (bounds.Length == 1 || TryValue(bounds[1], out high)) && low >= Min && high <= Max && low <= high;
        }

        private bool TryValue(string text, out int value)
        {
            var name = Array.FindIndex(Names, n => n.Equals(text, StringComparison.OrdinalIgnoreCase));
            value = name + FirstName;
            return name >= 0 || TryNumber(text, out value);
        }

        private static bool TryNumber(string text, out int value) =>
            int.TryParse(text, System.Globalization.NumberStyles.None, null, out value);
    }
}
