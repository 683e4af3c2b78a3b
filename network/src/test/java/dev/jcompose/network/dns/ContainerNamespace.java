package dev.jcompose.network.dns;

import dev.jcompose.linux.Fd;
import dev.jcompose.linux.Linux;
import dev.jcompose.linux.Sched;
import dev.jcompose.linux.Scratch;
import dev.jcompose.linux.SocketCalls;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** A process in a network namespace of its own with the loopback interface up, standing in for a container. */
final class ContainerNamespace implements AutoCloseable {
    private static final int SIOCSIFFLAGS = 0x8914;
    private static final int IFF_UP = 1;

    private final Linux linux;
    private final Process process;

    ContainerNamespace(Linux linux) throws Exception {
        this.linux = linux;
        this.process = onNewThread(() -> {
            linux.processes().unshare(Sched.CLONE_NEWNET);
            loopbackUp();
            return new ProcessBuilder("cat").start();
        });
    }

    int pid() {
        return (int) process.pid();
    }

    /** Runs on a thread inside the namespace; sockets that it opens are there. */
    <T> T inside(Callable<T> body) throws Exception {
        return onNewThread(() -> {
            try (Fd pidfd = linux.processes().pidfdOpen(pid())) {
                linux.processes().setns(pidfd, Sched.CLONE_NEWNET);
            }
            return body.call();
        });
    }

    /** What a command prints that runs in the namespace. */
    String run(String... command) throws Exception {
        return inside(() -> {
            Process child = new ProcessBuilder(new ArrayList<>(List.of(command)))
                    .redirectErrorStream(true)
                    .start();
            child.getOutputStream().close();
            String output = new String(child.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            child.waitFor(60, TimeUnit.SECONDS);
            return output;
        });
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    private static <T> T onNewThread(Callable<T> body) throws Exception {
        FutureTask<T> task = new FutureTask<>(body);
        new Thread(task, "in-container").start();
        try {
            return task.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getCause();
        }
    }

    private @org.jspecify.annotations.Nullable Void loopbackUp() throws Exception {
        try (Fd socket = linux.sockets().socket(SocketCalls.AF_INET, SocketCalls.SOCK_DGRAM, 0);
                Scratch scratch = Scratch.open()) {
            ByteBuffer request = scratch.buffer(40);
            request.put(0, new byte[] {'l', 'o'}).putShort(16, (short) IFF_UP);
            linux.files().ioctl(socket, SIOCSIFFLAGS, Scratch.address(request));
        }
        return null;
    }
}
