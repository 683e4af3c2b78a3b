package dev.jcompose.model.write;

/**
 * How a project is written.
 *
 * @param escapeDollars every literal {@code $} is written as {@code $$}, so that the output can be loaded again
 * @param complete also what {@code config} leaves out: values of secrets, disabled services, directories
 * @param extensions {@code x-*} keys of elements; those at the top level are always written
 * @param upperCaseDevices the keys of {@code blkio_config} devices as the reference's JSON has them: {@code Path}
 */
public record WriteOptions(boolean escapeDollars, boolean complete, boolean extensions, boolean upperCaseDevices) {

    /** The YAML that {@code config} prints. */
    public static final WriteOptions CONFIG_YAML = new WriteOptions(true, false, true, false);

    /** The JSON that {@code config --format json} prints. */
    public static final WriteOptions CONFIG_JSON = new WriteOptions(true, false, false, true);

    /** As it travels between processes and rests in state files: everything, verbatim. */
    public static final WriteOptions COMPLETE = new WriteOptions(false, true, true, false);
}
