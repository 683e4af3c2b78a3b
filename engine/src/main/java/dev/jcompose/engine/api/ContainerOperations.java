package dev.jcompose.engine.api;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What can be done with one container, whatever project it belongs to. A container is named by its id, its name, or the
 * beginning of an id that only one has.
 *
 * <p>All throw {@link EngineException}: of kind {@code NOT_FOUND} when there is no such container, {@code CONFLICT}
 * when its state does not allow the operation.
 */
public interface ContainerOperations {

    /**
     * The containers of a project, of all when {@code project} is empty; running and not, in the order of their names.
     */
    List<ContainerSummary> list(Optional<String> project);

    /** All that is known of a container, as the JSON of {@code docker inspect}. */
    String inspect(String container);

    /**
     * Starts a container, and nothing that its service depends on.
     *
     * @return false for one that runs already
     */
    boolean start(String container);

    /**
     * Asks a container to end with its stop signal, and kills it when it has not after the grace period.
     *
     * @param graceSeconds null for the service's own
     * @return false for one that does not run
     */
    boolean stop(String container, @Nullable Integer graceSeconds);

    /** Stops a container if it runs, and starts it. */
    void restart(String container, @Nullable Integer graceSeconds);

    /**
     * Sends a signal to the first process of a running container. One that usually ends it counts as somebody's wish:
     * it is not started again.
     *
     * @param signal a name with or without {@code SIG}, or a number
     */
    void kill(String container, String signal);

    /** Stops all processes of a running container until {@link #unpause}; they do not notice. */
    void pause(String container);

    /** Lets the processes of a paused container go on. */
    void unpause(String container);

    /** Waits for a container, see {@link #await(String, WaitCondition, Runnable)}. */
    default int await(String container, WaitCondition condition) {
        return await(container, condition, () -> {});
    }

    /**
     * Waits for a container.
     *
     * @param begun is called once, as soon as nothing that happens to the container is missed any more
     * @return the exit code of its last run
     * @throws EngineException of kind NOT_FOUND, before {@code begun} is called
     */
    int await(String container, WaitCondition condition, Runnable begun);

    /**
     * Removes a container.
     *
     * @param force kills it first if it runs
     * @param volumes also its anonymous volumes
     */
    void remove(String container, boolean force, boolean volumes);

    /** Starts a command in a running container. */
    ExecSession exec(ExecRequest request);

    /** Connects a client with a container's own command. Closing the session leaves the container alone. */
    AttachSession attach(AttachRequest request);

    /**
     * Looks at a file in a container, running or not. A symbolic link at the end of the path is not followed, unless a
     * slash comes after it.
     */
    PathStat stat(String container, String path);

    /**
     * Writes a file or directory of a container, running or not, as a tar stream. Of a path that ends with {@code /.}
     * it is the content of the directory.
     */
    void copyFrom(String container, String path, OutputStream tar);

    /**
     * Unpacks a tar stream into a directory of a container, running or not.
     *
     * @param noOverwriteDirNonDir refuse to put a directory in the place of something else, or the reverse
     * @param containerUser give everything to the container's user, instead of whom the archive says
     */
    void copyTo(String container, String path, InputStream tar, boolean noOverwriteDirNonDir, boolean containerUser);

    /**
     * Removes files, and directories with everything in them, of a container, running or not; what is not there is
     * fine. Nothing of the container's image is needed for it.
     *
     * @param paths absolute
     */
    void erase(String container, List<String> paths);

    /** Writes the whole root of a container as a tar stream, without what is mounted there. */
    void export(String container, OutputStream tar);

    /** The processes of a running container, with the columns of {@code ps -ef}. */
    ContainerProcesses top(String container);

    /** What a container uses now; nothing when it does not run. */
    ContainerStats stats(String container);

    /**
     * Gives a container's terminal a size; one that does not run will begin with it.
     *
     * @param rows height in characters
     * @param columns width in characters
     */
    void resize(String container, int rows, int columns);

    /** Makes an image of what a container has changed; gives its id. */
    String commit(CommitRequest request);
}
