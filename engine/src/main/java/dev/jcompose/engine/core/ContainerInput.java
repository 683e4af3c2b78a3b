package dev.jcompose.engine.core;

import dev.jcompose.engine.container.Container;
import dev.jcompose.engine.container.OneOff;
import dev.jcompose.engine.exec.ReadyOutput;
import dev.jcompose.engine.lifecycle.LiveContainer;
import dev.jcompose.runtime.RunningContainer;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** What a client writes to a container's own command, from when that runs. */
final class ContainerInput extends OutputStream {
    private final EngineParts parts;
    private final Container container;
    private final boolean terminal;
    private @Nullable OutputStream target;
    private boolean closed;

    ContainerInput(EngineParts parts, Container container) {
        this.parts = parts;
        this.container = container;
        this.terminal = container.service().tty();
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        target().write(bytes, offset, length);
    }

    private OutputStream target() throws IOException {
        synchronized (this) {
            if (closed) {
                throw new IOException("closed");
            }
            if (target != null) {
                return target;
            }
        }
        OutputStream opened = open();
        synchronized (this) {
            if (closed) {
                opened.close();
                throw new IOException("closed");
            }
            target = opened;
            return opened;
        }
    }

    private OutputStream open() throws IOException {
        try {
            container.when(now -> now.status().isAlive()).get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a container");
        } catch (ExecutionException e) {
            throw new IOException(e);
        }
        RunningContainer running = parts.supervisor()
                .live(container)
                .map(LiveContainer::running)
                .orElseThrow(() -> new IOException("container " + container + " has ended"));
        return new ReadyOutput(parts.linux(), parts.loop(), terminal ? running.openTerminal() : running.openStdin());
    }

    /** The end of the input: the container finds it if it is to have its input from one client only. */
    @Override
    public void close() throws IOException {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            if (target != null) {
                target.close();
            }
        }
        OneOff run = container.config().run();
        if (run != null && run.stdinOnce() && !terminal) {
            container
                    .when(now -> now.status().isAlive())
                    .thenAccept(now -> live().ifPresent(RunningContainer::endStdin));
        }
    }

    private Optional<RunningContainer> live() {
        return parts.supervisor().live(container).map(LiveContainer::running);
    }
}
