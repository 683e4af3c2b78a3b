package dev.jcompose.engine.container;

import dev.jcompose.engine.supervise.HealthStatus;
import dev.jcompose.model.Project;
import dev.jcompose.model.Service;
import dev.jcompose.runtime.stdio.WindowSize;
import java.time.Instant;
import java.util.Iterator;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * One container. Its status is an immutable value that is replaced as a whole; who changes it holds {@link #lock}.
 * Reading needs no lock.
 */
public final class Container {
    private final ContainerFiles files;
    private final Project project;
    private final Service service;
    private final ReentrantLock lock = new ReentrantLock();
    private final CopyOnWriteArrayList<Waiter> waiters = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> removed = new CompletableFuture<>();
    private final Clients clients = new Clients();
    private volatile ContainerConfig config;
    private volatile Snapshot snapshot;
    private volatile @Nullable WindowSize terminalSize;

    /** What is known at one moment. */
    public record Snapshot(ContainerStatus status, HealthStatus health) {}

    private record Waiter(Predicate<Snapshot> condition, CompletableFuture<Snapshot> future) {}

    /** One that another engine wrote down: its project is read from its configuration. */
    public Container(ContainerConfig config, ContainerFiles files, ContainerStatus status) {
        this(config, config.readProject(), files, status);
    }

    /** One that is made now, of the project that its configuration holds as JSON. */
    public Container(ContainerConfig config, Project project, ContainerFiles files, ContainerStatus status) {
        this.config = config;
        this.files = files;
        this.project = project;
        this.service = config.readService(project);
        this.snapshot = new Snapshot(status, HealthStatus.NONE);
    }

    /** What it was made from; all but its name stays as it is. */
    public ContainerConfig config() {
        return config;
    }

    /** It has another name, and stays the one that others wait for; for the table, which knows all names. */
    void config(ContainerConfig renamed) {
        config = renamed;
    }

    public ContainerFiles files() {
        return files;
    }

    /** The project, cut down to this service. */
    public Project project() {
        return project;
    }

    /** What the service's image is called, also when only its {@code build} says where it comes from. */
    public String imageName() {
        return project.imageName(service);
    }

    /** The service as it was when the container was made. */
    public Service service() {
        return service;
    }

    public ContainerStatus status() {
        return snapshot.status();
    }

    public HealthStatus health() {
        return snapshot.health();
    }

    public Snapshot snapshot() {
        return snapshot;
    }

    /** Held by whoever changes the container: start, stop, end, removal. */
    public ReentrantLock lock() {
        return lock;
    }

    /** Replaces the status; the health goes with the last process. */
    public void status(ContainerStatus status) {
        status(status, () -> {});
    }

    /** The same; calls {@code told} before those who wait for the new status go on. */
    public void status(ContainerStatus status, Runnable told) {
        change(before -> new Snapshot(status, status.isAlive() ? before.health() : HealthStatus.NONE), told);
    }

    /**
     * Replaces the health, which needs no lock.
     *
     * @param startedAt the start that it belongs to: nothing changes when that run has ended
     */
    public void health(HealthStatus health, @Nullable Instant startedAt) {
        change(
                before -> before.status().isAlive()
                                && Objects.equals(before.status().startedAt(), startedAt)
                        ? new Snapshot(before.status(), health)
                        : before,
                () -> {});
    }

    /** Replaces both; calls {@code told} before those who wait for it go on. */
    public void change(Snapshot now, Runnable told) {
        change(before -> now, told);
    }

    /** Replaces what is known, and tells those who wait. */
    private void change(UnaryOperator<Snapshot> replacement, Runnable told) {
        Snapshot now;
        synchronized (waiters) {
            now = replacement.apply(snapshot);
            snapshot = now;
        }
        told.run();
        for (Iterator<Waiter> i = waiters.iterator(); i.hasNext(); ) {
            Waiter waiter = i.next();
            if (waiter.condition().test(now)) {
                waiters.remove(waiter);
                waiter.future().complete(now);
            }
        }
    }

    /** Ends with the first state that {@code condition} holds for, which may be the present one. */
    public CompletableFuture<Snapshot> when(Predicate<Snapshot> condition) {
        Waiter waiter = new Waiter(condition, new CompletableFuture<>());
        waiters.add(waiter);
        Snapshot now = snapshot;
        if (condition.test(now)) {
            waiters.remove(waiter);
            waiter.future().complete(now);
        }
        return waiter.future();
    }

    /** The size that its terminal begins with at the next start; null for an unknown one. */
    public @Nullable WindowSize terminalSize() {
        return terminalSize;
    }

    /** Sets what {@link #terminalSize} gives. */
    public void terminalSize(WindowSize size) {
        terminalSize = size;
    }

    /** Those who are at its streams. */
    public Clients clients() {
        return clients;
    }

    /** Ends when the container is no longer in the table; nobody else may complete it. */
    public CompletableFuture<Void> removed() {
        return removed.copy();
    }

    /** It is no longer in the table. */
    void markRemoved() {
        removed.complete(null);
    }

    @Override
    public String toString() {
        return config.name();
    }
}
