using System.Globalization;
using AugmentedOS.Engine.Visibility;

namespace AugmentedOS.Engine.Storage.Sqlite;

/// <summary>
/// The third layout: the index of attribute values is in the order of lists, and what is asked for all the time is counted.
/// </summary>
/// <remarks>
/// <para>
/// <c>search_attributes</c> has a row for each value: a list has several, a text one for each word. <c>value</c> has no
/// affinity: what is bound is what is compared. The columns behind it repeat the run's, so that a page, or a count, of
/// the runs with a value is a stretch of the index; <c>flags</c> are those of <see cref="AttributeFlags"/>. An entity's
/// rows are those of a run in a division, which ordinary queries do not see.
/// </para>
/// <para>
/// <c>run_counts</c> and <c>value_counts</c> leave out the runs in a division, as nearly every query does. What is not
/// common has no <c>value_counts</c>: see <see cref="ValueCounts"/>.
/// </para>
/// </remarks>
internal static class Schema3
{
    public static string Sql { get; } =
        $"""
        CREATE TABLE search_attribute_names(
            id INTEGER PRIMARY KEY,
            namespace_id BLOB NOT NULL,
            name TEXT NOT NULL
        );
        CREATE UNIQUE INDEX search_attribute_names_by_name ON search_attribute_names(namespace_id, name);
        INSERT INTO search_attribute_names(namespace_id, name)
            SELECT DISTINCT namespace_id, name FROM search_attributes;

        ALTER TABLE search_attributes RENAME TO search_attributes_before;
        CREATE TABLE search_attributes(
            run_number INTEGER NOT NULL,
            attribute INTEGER NOT NULL,
            value NOT NULL,
            close_time INTEGER NOT NULL,
            start_time INTEGER NOT NULL,
            status INTEGER NOT NULL,
            flags INTEGER NOT NULL,
            PRIMARY KEY (run_number, attribute, value)
        ) WITHOUT ROWID;
        INSERT INTO search_attributes(run_number, attribute, value, close_time, start_time, status, flags)
            SELECT own.run_number, names.id, own.value, coalesce(runs.close_time, {OpenCloseTime}),
                coalesce(runs.start_time, 0), coalesce(runs.status, 0),
                ((SELECT count(*) FROM search_attributes_before AS other
                    WHERE other.run_number = own.run_number AND other.name = own.name) > 1)
                + 2 * (runs.run_number IS NULL OR runs.namespace_division IS NOT NULL)
            FROM search_attributes_before AS own
            JOIN search_attribute_names AS names ON names.namespace_id = own.namespace_id AND names.name = own.name
            LEFT JOIN runs ON runs.run_number = own.run_number;
        DROP TABLE search_attributes_before;
        CREATE INDEX search_attributes_by_value ON search_attributes(
            attribute, value, close_time DESC, start_time DESC, run_number, status, flags);

        CREATE INDEX runs_by_start ON runs(namespace_id, start_time);
        CREATE INDEX runs_by_root ON runs(namespace_id, root_workflow_id) WHERE root_workflow_id IS NOT NULL;

        CREATE TABLE run_counts(
            namespace_id BLOB NOT NULL,
            workflow_type TEXT NOT NULL,
            status INTEGER NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (namespace_id, workflow_type, status)
        ) WITHOUT ROWID;
        INSERT INTO run_counts(namespace_id, workflow_type, status, count)
            SELECT namespace_id, workflow_type, status, count(*) FROM runs
            WHERE namespace_division IS NULL GROUP BY namespace_id, workflow_type, status;

        CREATE TABLE value_counts(
            attribute INTEGER NOT NULL,
            value NOT NULL,
            status INTEGER NOT NULL,
            count INTEGER NOT NULL,
            PRIMARY KEY (attribute, value, status)
        ) WITHOUT ROWID;
        INSERT INTO value_counts(attribute, value, status, count)
            SELECT attribute, value, status, count(*) FROM search_attributes
            WHERE flags & 2 = 0 AND (attribute, value) IN (
                SELECT attribute, value FROM search_attributes GROUP BY attribute, value HAVING count(*) >= 10000)
            GROUP BY attribute, value, status;
        """;

    private static string OpenCloseTime => VisibilitySchema.OpenCloseTime.ToString(CultureInfo.InvariantCulture);
}
