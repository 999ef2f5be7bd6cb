using CsCheck;

namespace AugmentedOS.Engine.Tests.Visibility;

internal static class RandomQueries
{
    public static Gen<string> Word { get; } =
        Const("a", "ab", "b", "B", "ä", "\uD7FF", "\U0001F600", "it's", "a b", "%", "10", "");

    public static Gen<string> Time { get; } = Gen.Int[0, 5].Select(second => $"2026-01-01T00:00:0{second}Z");

    private static readonly Gen<string> Text =
        Word.Select(word => $"'{word.Replace("'", "''", StringComparison.Ordinal)}'");

    private static readonly Gen<string> Number = Const("-1", "0", "1", "2", "2.5", "'1'");

    private static readonly Gen<string> QuotedTime = Time.Select(time => $"'{time}'");

    private static readonly Gen<string> Status = Const("'Running'", "'Completed'", "'Failed'", "1", "'TimedOut'");

    private static readonly Gen<string> RunId =
        Gen.Int[1, 6].Select(number => $"'{number:x8}-0000-7000-8000-{number:x12}'");

    private static readonly Gen<string> Leaf = Either(
        Ordered("WorkflowId", Text), Ordered("Customer", Text), Ordered("WorkflowType", Text),
        Ordered("RunId", RunId), Ordered("RootRunId", RunId), Ordered("RootWorkflowId", Text),
        Ordered("Amount", Number), Ordered("Score", Number), Ordered("HistoryLength", Number),
        Ordered("StartTime", QuotedTime), Ordered("CloseTime", QuotedTime), Ordered("Due", QuotedTime),
        Ordered("ExecutionStatus", Status), Ordered("ExecutionDuration", Const("'1s'", "0", "'00:00:03'")),
        Prefixed("WorkflowId", Text), Prefixed("Customer", Text), Prefixed("RunId", RunId),
        Unordered("Tags", Text), Unordered("Flag", Const("true", "false")),
        Gen.Select(Const("=", "!="), Const("a", "b x", "AB", "10"), (op, word) => $"Note {op} '{word}'"),
        Gen.Select(
            Const("Customer", "Tags", "Note", "CloseTime", "HistoryLength", "Flag", "ParentWorkflowId", "Amount"),
            Const("IS NULL", "IS NOT NULL"),
            (name, test) => $"{name} {test}"));

    public static Gen<string> Any { get; } = Nested(3);

    /// <summary>Pieces that a tokenizer, a parser or SQLite could trip over.</summary>
    public static Gen<string> Noise { get; } = Either(
        Const("(", ")", "'", "\"", "`", "\\", "=", "<=>", "NOT", "IN", "AND"),
        Const("OR", "BETWEEN", "IS", "NULL", "?1", "--", "/*"),
        Const(";", "GROUP BY", "STARTS_WITH", "Customer", "Amount", "Tags", "StartTime", ",", "-"),
        Const("1e9", "1e999", "x'00'"),
        Text,
        Number,
        Gen.String[0, 5]);

    private static Gen<string> Nested(int depth) => depth == 0 ? Leaf : Either(
        Leaf,
        Nested(depth - 1).Select(inner => $"NOT ({inner})"),
        Gen.Select(Nested(depth - 1), Nested(depth - 1), (left, right) => $"({left}) AND {right}"),
        Gen.Select(Nested(depth - 1), Nested(depth - 1), (left, right) => $"{left} OR ({right})"));

    private static Gen<string> Ordered(string name, Gen<string> value) => Either(
        Unordered(name, value),
        Gen.Select(Const("<", "<=", ">", ">="), value, (op, literal) => $"{name} {op} {literal}"),
        Gen.Select(Const("", "NOT "), value, value, (not, from, to) => $"{name} {not}BETWEEN {from} AND {to}"));

    private static Gen<string> Unordered(string name, Gen<string> value) => Either(
        Gen.Select(Const("=", "!="), value, (op, literal) => $"{name} {op} {literal}"),
        Gen.Select(Const("IN", "NOT IN"), value.List[1, 3], (op, list) => $"{name} {op} ({string.Join(", ", list)})"));

    private static Gen<string> Prefixed(string name, Gen<string> value) =>
        Gen.Select(Const("STARTS_WITH", "NOT STARTS_WITH"), value, (op, literal) => $"{name} {op} {literal}");

    private static Gen<string> Const(params string[] values) => Gen.OneOf<string>(values);

    private static Gen<string> Either(params IGen<string>[] generators) => Gen.OneOf<string>(generators);
}
