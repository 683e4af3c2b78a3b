package dev.jcompose.model.load;

/**
 * Which stages run; all but the last by default. They are switched off by the options of {@code config} only.
 *
 * @param interpolate variables are replaced
 * @param normalize implicit content is added: default network, names, implied dependencies
 * @param resolvePaths paths are made absolute
 * @param checkConsistency references between elements are checked
 * @param resolveEnvironment env_file and label_file are read into environment and labels
 * @param allResources networks, volumes, configs and secrets that nobody uses are kept
 */
public record LoadOptions(
        boolean interpolate,
        boolean normalize,
        boolean resolvePaths,
        boolean checkConsistency,
        boolean resolveEnvironment,
        boolean allResources) {

    /** What every command but {@code config} uses. */
    public static final LoadOptions DEFAULT = new LoadOptions(true, true, true, true, true, false);

    /** As here, but with the given value of {@link #interpolate}. */
    public LoadOptions interpolate(boolean value) {
        return new LoadOptions(value, normalize, resolvePaths, checkConsistency, resolveEnvironment, allResources);
    }

    /** As here, but with the given value of {@link #normalize}. */
    public LoadOptions normalize(boolean value) {
        return new LoadOptions(interpolate, value, resolvePaths, checkConsistency, resolveEnvironment, allResources);
    }

    /** As here, but with the given value of {@link #resolvePaths}. */
    public LoadOptions resolvePaths(boolean value) {
        return new LoadOptions(interpolate, normalize, value, checkConsistency, resolveEnvironment, allResources);
    }

    /** As here, but with the given value of {@link #checkConsistency}. */
    public LoadOptions checkConsistency(boolean value) {
        return new LoadOptions(interpolate, normalize, resolvePaths, value, resolveEnvironment, allResources);
    }

    /** As here, but with the given value of {@link #resolveEnvironment}. */
    public LoadOptions resolveEnvironment(boolean value) {
        return new LoadOptions(interpolate, normalize, resolvePaths, checkConsistency, value, allResources);
    }

    /** As here, but with the given value of {@link #allResources}. */
    public LoadOptions allResources(boolean value) {
        return new LoadOptions(interpolate, normalize, resolvePaths, checkConsistency, resolveEnvironment, value);
    }
}
