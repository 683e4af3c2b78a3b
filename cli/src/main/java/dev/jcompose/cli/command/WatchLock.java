package dev.jcompose.cli.command;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.cli.session.CommandException;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.home.EngineDirectories;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/** Held by the one command that watches a project; the file names its process. */
final class WatchLock implements AutoCloseable {
    private final FileChannel file;

    private WatchLock(FileChannel file) {
        this.file = file;
    }

    /** @throws CommandException if another command watches the project */
    static WatchLock take(Session session, String project) {
        EngineDirectories directories = EngineDirectories.of(session.world().environment(), OwnUser.isRoot());
        Path path = directories.run().resolve("watch-" + project + ".lock");
        try {
            directories.create();
            FileChannel file = FileChannel.open(
                    path, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (lock(file) == null) {
                file.close();
                throw new CommandException(
                        "cannot take exclusive lock for project \"%s\": process with PID %s is still running"
                                .formatted(project, Files.readString(path).strip()));
            }
            file.truncate(0);
            file.write(
                    ByteBuffer.wrap(Long.toString(ProcessHandle.current().pid()).getBytes(UTF_8)));
            return new WatchLock(file);
        } catch (IOException e) {
            throw new CommandException("cannot take exclusive lock for project \"%s\": %s".formatted(project, e));
        }
    }

    private static @Nullable FileLock lock(FileChannel file) throws IOException {
        try {
            return file.tryLock();
        } catch (OverlappingFileLockException e) {
            return null; // by this process
        }
    }

    @Override
    public void close() {
        try {
            file.close();
        } catch (IOException e) {
            throw new CommandException("cannot give up the lock: " + e.getMessage());
        }
    }
}
