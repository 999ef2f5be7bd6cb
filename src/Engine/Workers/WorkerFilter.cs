using System.Globalization;
using AugmentedOS.Engine.Visibility;
using AugmentedOS.Engine.Visibility.Queries;
using Temporalio.Api.Worker.V1;

namespace AugmentedOS.Engine.Workers;

/// <summary>Which workers a query picks. The grammar is that of visibility, over the fields of a heartbeat.</summary>
internal sealed class WorkerFilter
{
    private static readonly WorkerFilter Everything = new(_ => true);

    private WorkerFilter(Func<WorkerHeartbeat, bool> picks) => Picks = picks;

    public Func<WorkerHeartbeat, bool> Picks { get; }

    public static Validated<WorkerFilter> Parse(string query)
    {
        if (query.Length == 0)
        {
            return Everything;
        }

        if (!QueryParser.Parse(query).TryGet(out var statement, out var rejection))
        {
            return rejection;
        }

        return statement switch
        {
            { GroupBy.Length: > 0 } => QueryError.NotSupported("'GROUP BY' clause"),
            { Where: null } => Everything,
            { Where: var where } => Of(where),
        };
    }

    private static Validated<WorkerFilter> Of(QuerySyntax syntax) => syntax switch
    {
        QuerySyntax.And and => All(and.Terms, terms => worker => terms.All(term => term.Picks(worker))),
        QuerySyntax.Or or => All(or.Terms, terms => worker => terms.Any(term => term.Picks(worker))),
        QuerySyntax.Not not => All([not.Term], terms => worker => !terms[0].Picks(worker)),
        QuerySyntax.Comparison comparison => Compare(comparison.Left, comparison.Operator, comparison.Right),
        QuerySyntax.In within => Negate(within.Negated, All(
            [.. within.Right.Select(item => new QuerySyntax.Comparison(within.Left, "=", item))],
            terms => worker => terms.Any(term => term.Picks(worker)))),
        QuerySyntax.Between between => Within(between),
        QuerySyntax.Is check => IsNull(check),
        _ => QueryError.NotSupported("condition on a worker"),
    };

    private static Validated<WorkerFilter> All(
        IReadOnlyList<QuerySyntax> syntaxes, Func<List<WorkerFilter>, Func<WorkerHeartbeat, bool>> join)
    {
        var terms = new List<WorkerFilter>();
        foreach (var syntax in syntaxes)
        {
            if (!Of(syntax).TryGet(out var term, out var rejection))
            {
                return rejection;
            }

            terms.Add(term);
        }

        return new WorkerFilter(join(terms));
    }

    private static Validated<WorkerFilter> Negate(bool negated, Validated<WorkerFilter> filter) =>
        negated && filter.TryGet(out var term, out _) ? new WorkerFilter(worker => !term.Picks(worker)) : filter;

    private static Validated<WorkerFilter> Compare(QueryOperand left, string symbol, QueryOperand right)
    {
        if (Find(left) is not var (name, field))
        {
            return Unknown(left);
        }

        return field switch
        {
            WorkerField.Text text => CompareText(text, name, symbol, right),
            WorkerField.Time at => CompareTime(at, name, symbol, right),
            _ => Invalid($"operation {symbol} is not supported for {name} column"),
        };
    }

    private static Validated<WorkerFilter> CompareText(
        WorkerField.Text field, string name, string symbol, QueryOperand right)
    {
        if (right is not QueryOperand.Literal { Value: string value })
        {
            return Refuse($"invalid value for {name}: value {Show(right)} is not a string value");
        }

        if (value.Length == 0)
        {
            return Refuse($"{name} cannot be empty");
        }

        return symbol switch
        {
            "=" => new WorkerFilter(worker => field.Of(worker) == value),
            "!=" => new WorkerFilter(worker => field.Of(worker) != value),
            "starts_with" => new WorkerFilter(worker => StartsWith(field.Of(worker), value)),
            "not starts_with" => new WorkerFilter(worker => !StartsWith(field.Of(worker), value)),
            _ => Invalid($"operation {symbol} is not supported for {name} column"),
        };
    }

    private static bool StartsWith(string? text, string start) =>
        text?.StartsWith(start, StringComparison.Ordinal) ?? false;

    private static Validated<WorkerFilter> CompareTime(
        WorkerField.Time field, string name, string symbol, QueryOperand right)
    {
        if (TimeOf(right) is not { } time)
        {
            return Refuse($"invalid value for {name}: value {Show(right)} is not a time");
        }

        // Who never said has the beginning of time, as in a Temporal server.
        DateTimeOffset Of(WorkerHeartbeat worker) => field.Of(worker) ?? DateTimeOffset.UnixEpoch;
        return symbol switch
        {
            "=" => new WorkerFilter(worker => Of(worker) == time),
            "!=" => new WorkerFilter(worker => Of(worker) != time),
            "<" => new WorkerFilter(worker => Of(worker) < time),
            "<=" => new WorkerFilter(worker => Of(worker) <= time),
            ">" => new WorkerFilter(worker => Of(worker) > time),
            ">=" => new WorkerFilter(worker => Of(worker) >= time),
            _ => Invalid($"operation {symbol} is not supported"),
        };
    }

    private static Validated<WorkerFilter> Within(QuerySyntax.Between between)
    {
        if (Find(between.Left) is not (_, WorkerField.Time field))
        {
            return Refuse($"unknown or unsupported column name: {Show(between.Left)}");
        }

        if (TimeOf(between.From) is not { } from || TimeOf(between.To) is not { } to)
        {
            return Refuse($"invalid value for {Show(between.Left)}: not a time");
        }

        // Who never said is neither in nor out.
        return new WorkerFilter(worker =>
            field.Of(worker) is { } time && (time >= from && time <= to) != between.Negated);
    }

    private static Validated<WorkerFilter> IsNull(QuerySyntax.Is check)
    {
        if (check.What is not ("null" or "not null"))
        {
            return Refuse(
                $"operation is not supported: 'is' operator \"is {check.What}\" is not supported; "
                + "only IS NULL and IS NOT NULL are supported");
        }

        var wanted = check.What == "null";
        return Find(check.Left) switch
        {
            (_, WorkerField.Text text) => new WorkerFilter(
                worker => string.IsNullOrEmpty(text.Of(worker)) == wanted),
            (_, WorkerField.Time at) => new WorkerFilter(worker => at.Of(worker) is null == wanted),
            _ => Unknown(check.Left),
        };
    }

    private static (string Name, WorkerField Field)? Find(QueryOperand operand) =>
        operand is QueryOperand.Name { Value: var name } && WorkerField.Named(name) is { } field ? (name, field) : null;

    private static DateTimeOffset? TimeOf(QueryOperand operand) => operand switch
    {
        QueryOperand.Literal { Value: long nanoseconds } =>
            DateTimeOffset.UnixEpoch.AddTicks(nanoseconds / TimeSpan.NanosecondsPerTick),
        QueryOperand.Literal { Value: string text } when DateTimeOffset.TryParse(
            text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) => time,
        _ => null,
    };

    private static Rejection Unknown(QueryOperand operand) => Refuse(operand is QueryOperand.Name
        ? $"unknown or unsupported worker heartbeat search field: {Show(operand)}"
        : $"invalid filter name: {Show(operand)}");

    private static Rejection Invalid(string what) => Refuse($"invalid expression: {what}");

    private static Rejection Refuse(string message) => Rejection.InvalidArgument(message);

    private static string Show(QueryOperand operand) => operand switch
    {
        QueryOperand.Name name => name.Value,
        QueryOperand.Literal { Value: string text } => $"'{text}'",
        QueryOperand.Literal literal => string.Create(CultureInfo.InvariantCulture, $"{literal.Value}"),
        _ => "an expression",
    };
}
