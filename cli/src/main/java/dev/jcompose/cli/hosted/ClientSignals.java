package dev.jcompose.cli.hosted;

import dev.jcompose.cli.delegate.Frame;
import dev.jcompose.cli.world.Registration;
import dev.jcompose.cli.world.Signals;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Signals to a client. It reports those that a command has asked for; all others do to the client what they always do.
 */
final class ClientSignals implements Signals {
    private static final String RESIZED = "WINCH";

    private final ClientFrames client;
    private final Set<String> watched = new HashSet<>();
    private final CopyOnWriteArrayList<Runnable> onInterrupt = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Runnable> onResize = new CopyOnWriteArrayList<>();
    private final CopyOnWriteArrayList<Named> onSignal = new CopyOnWriteArrayList<>();

    private record Named(List<String> names, Consumer<String> action) {}

    ClientSignals(ClientFrames client) {
        this.client = client;
    }

    @Override
    public Registration onInterrupt(Runnable action) {
        watch("INT TERM HUP");
        return register(onInterrupt, action);
    }

    @Override
    public Registration onSignal(List<String> names, Consumer<String> action) {
        watch(String.join(" ", names));
        Named named = new Named(List.copyOf(names), action);
        onSignal.add(named);
        return () -> onSignal.remove(named);
    }

    @Override
    public Registration onResize(Runnable action) {
        watch(RESIZED);
        return register(onResize, action);
    }

    private static Registration register(CopyOnWriteArrayList<Runnable> actions, Runnable action) {
        actions.add(action);
        return () -> actions.remove(action);
    }

    private synchronized void watch(String names) {
        if (watched.add(names)) {
            try {
                client.send(Frame.WATCH, names);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /** The client reports one; false if no action is registered for it any more. */
    boolean received(String name) {
        boolean wanted = false;
        for (Named named : onSignal) {
            if (named.names().contains(name)) {
                named.action().accept(name);
                wanted = true;
            }
        }
        if (wanted) {
            return true;
        }
        CopyOnWriteArrayList<Runnable> actions = name.equals(RESIZED) ? onResize : onInterrupt;
        actions.forEach(Runnable::run);
        return !actions.isEmpty() || name.equals(RESIZED);
    }
}
