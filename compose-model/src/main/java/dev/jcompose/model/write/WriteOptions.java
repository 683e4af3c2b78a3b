package dev.jcompose.model.write;

/**
 * How a project is written.
 *
 * @param escapeDollars every literal {@code $} is written as {@code $$}, so that the output can be loaded again
 * @param complete also what {@code config} leaves out: disabled services, directories
 * @param values also the values of secrets, and of configs from the environment
 * @param referenceJson as the reference's JSON differs from its YAML: {@code x-*} keys only at the top level, no
 *     top-level models, and the keys of {@code blkio_config} devices in upper case
 */
public record WriteOptions(boolean escapeDollars, boolean complete, boolean values, boolean referenceJson) {

    /** The YAML that {@code config} prints. */
    public static final WriteOptions CONFIG_YAML = new WriteOptions(true, false, false, false);

    /** The JSON that {@code config --format json} prints. */
    public static final WriteOptions CONFIG_JSON = new WriteOptions(true, false, false, true);

    /** As it travels between processes: everything, verbatim. */
    public static final WriteOptions COMPLETE = new WriteOptions(false, true, true, false);

    /** As it may rest on a disk: everything but secret values. */
    public static final WriteOptions WITHOUT_VALUES = new WriteOptions(false, true, false, false);
}
