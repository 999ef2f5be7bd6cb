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
        QuerySyntax.Between between => Negate(between.Negated, All(
            [
                new QuerySyntax.Comparison(between.Left, ">=", between.From),
                new QuerySyntax.Comparison(between.Left, "<=", between.To),
            ],
            terms => worker => terms.All(term => term.Picks(worker)))),
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
        if (left is not QueryOperand.Name { Value: var name } || WorkerField.Named(name) is not { } field)
        {
            return QueryError.InvalidExpression($"unknown or unsupported worker search attribute: {Show(left)}");
        }

        if (right is not QueryOperand.Literal { Value: string value })
        {
            return QueryError.InvalidExpression($"{name} is compared with text in quotes");
        }

        return field switch
        {
            WorkerField.Text text => CompareText(text, symbol, value),
            WorkerField.Time at => CompareTime(at, symbol, value),
            _ => QueryError.NotSupported($"condition on {name}"),
        };
    }

    private static Validated<WorkerFilter> CompareText(WorkerField.Text field, string symbol, string value) => symbol switch
    {
        "=" => new WorkerFilter(worker => field.Of(worker) == value),
        "!=" => new WorkerFilter(worker => field.Of(worker) != value),
        "starts_with" => new WorkerFilter(worker => StartsWith(field.Of(worker), value)),
        "not starts_with" => new WorkerFilter(worker => !StartsWith(field.Of(worker), value)),
        _ => QueryError.NotSupported($"operator '{symbol}' on text"),
    };

    private static bool StartsWith(string? text, string start) =>
        text?.StartsWith(start, StringComparison.Ordinal) ?? false;

    private static Validated<WorkerFilter> CompareTime(WorkerField.Time field, string symbol, string value)
    {
        if (!DateTimeOffset.TryParse(
            value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time))
        {
            return QueryError.InvalidExpression($"'{value}' is not a time");
        }

        return symbol switch
        {
            "=" => new WorkerFilter(worker => field.Of(worker) == time),
            "!=" => new WorkerFilter(worker => field.Of(worker) != time),
            "<" => new WorkerFilter(worker => field.Of(worker) < time),
            "<=" => new WorkerFilter(worker => field.Of(worker) <= time),
            ">" => new WorkerFilter(worker => field.Of(worker) > time),
            ">=" => new WorkerFilter(worker => field.Of(worker) >= time),
            _ => QueryError.NotSupported($"operator '{symbol}' on a time"),
        };
    }

    private static string Show(QueryOperand operand) => operand is QueryOperand.Name name ? name.Value : "an expression";
}
