namespace AugmentedOS.Engine.Visibility;

/// <summary>
/// The statements that write visibility; parameters are numbered in the order of the columns they fill.
/// </summary>
internal static class VisibilityStatements
{
    public const string Insert = """
        INSERT INTO runs(
            run_number, namespace_id, workflow_id, run_id, workflow_type, task_queue, status, start_time,
            execution_time, close_time, history_length, history_size, state_transitions, execution_duration,
            parent_workflow_id, parent_run_id, root_workflow_id, root_run_id, namespace_division, memo,
            search_attributes)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21)
        """;

    public const string Close = """
        UPDATE runs
        SET status = ?2, close_time = ?3, history_length = ?4, history_size = ?5, state_transitions = ?6,
            execution_duration = ?7
        WHERE run_number = ?1
        """;

    public const string UpdateStatus = "UPDATE runs SET status = ?2 WHERE run_number = ?1";

    public const string UpdateMemo = "UPDATE runs SET memo = ?2 WHERE run_number = ?1";

    public const string UpdateAttributes =
        "UPDATE runs SET search_attributes = ?2, namespace_division = ?3 WHERE run_number = ?1";

    public const string InsertValue =
        "INSERT OR IGNORE INTO search_attributes(run_number, name, value, namespace_id) VALUES (?1, ?2, ?3, ?4)";

    public const string DeleteValues = "DELETE FROM search_attributes WHERE run_number = ?1 AND name = ?2";

    public const string DeleteAllValues = "DELETE FROM search_attributes WHERE run_number = ?1";

    public const string DeleteRun = "DELETE FROM runs WHERE run_number = ?1";

    public const string ForgetAttribute = "DELETE FROM search_attributes WHERE namespace_id = ?1 AND name = ?2";
}
