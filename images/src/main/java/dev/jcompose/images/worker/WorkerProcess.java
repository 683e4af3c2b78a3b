package dev.jcompose.images.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.registry.RegistryException;
import dev.jcompose.images.transfer.TransferListener;
import dev.jcompose.images.worker.WorkerRequest.Operation;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engine's end: starts the worker when there is something to do, and lets it go when there has not been for some
 * seconds. Thread-safe; several operations share one worker.
 */
public final class WorkerProcess implements AutoCloseable {
    private static final Logger log = LoggerFactory.getLogger(WorkerProcess.class);
    private static final int IDLE_SECONDS = 5;

    private final WorkerLaunch launch;
    private final Path store;
    private final ScheduledExecutorService timers;
    private final OciJson json = new OciJson();

    /** All guarded by this. */
    private final Map<Long, BlockingQueue<WorkerAnswer>> open = new HashMap<>();

    private @Nullable Process process;
    private @Nullable ScheduledFuture<?> letGo;
    private long lastId;

    /** @param timers only for letting the worker go */
    public WorkerProcess(WorkerLaunch launch, Path store, ScheduledExecutorService timers) {
        this.launch = launch;
        this.store = store;
        this.timers = timers;
    }

    /**
     * Has something done.
     *
     * @throws InterruptedIOException if the thread is interrupted; the worker has stopped working on it then
     * @throws IOException with the worker's message
     */
    WorkerAnswer.Result run(RequestDraft request, TransferListener listener) throws IOException {
        BlockingQueue<WorkerAnswer> answers = new LinkedBlockingQueue<>();
        long id = begin(request, answers);
        boolean canceled = false;
        try {
            while (true) {
                WorkerAnswer answer;
                try {
                    answer = answers.take();
                } catch (InterruptedException e) {
                    // What it does in the workspace must have ended before the workspace goes.
                    canceled = true;
                    send(WorkerRequest.to(Operation.CANCEL).numbered(id));
                    continue;
                }
                if (answer.event() != null) {
                    if (!canceled) {
                        listener.on(answer.event());
                    }
                } else if (canceled) {
                    throw new InterruptedIOException("canceled");
                } else if (answer.result() != null) {
                    return answer.result();
                } else {
                    throw failure(answer);
                }
            }
        } finally {
            end(id);
            if (canceled) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static IOException failure(WorkerAnswer answer) {
        String message = String.valueOf(answer.error());
        return answer.kind() == null ? new IOException(message) : new RegistryException(answer.kind(), message);
    }

    private synchronized long begin(RequestDraft request, BlockingQueue<WorkerAnswer> answers) throws IOException {
        if (letGo != null) {
            letGo.cancel(false);
            letGo = null;
        }
        if (process == null) {
            process = launch.start(store);
            Process started = process;
            Thread reader = new Thread(() -> read(started), "image-worker");
            reader.setDaemon(true);
            reader.start();
        }
        long id = ++lastId;
        open.put(id, answers);
        try {
            send(request.numbered(id));
        } catch (IOException e) {
            open.remove(id);
            throw e;
        }
        return id;
    }

    private synchronized void send(WorkerRequest request) throws IOException {
        if (process != null) {
            OutputStream in = process.getOutputStream();
            in.write((new String(json.write(request), UTF_8) + "\n").getBytes(UTF_8));
            in.flush();
        }
    }

    private synchronized void end(long id) {
        open.remove(id);
        if (open.isEmpty() && process != null && letGo == null) {
            letGo = timers.schedule(this::letGo, IDLE_SECONDS, TimeUnit.SECONDS);
        }
    }

    private synchronized void letGo() {
        letGo = null;
        if (open.isEmpty() && process != null) {
            try {
                process.getOutputStream().close();
            } catch (IOException e) {
                log.debug("the image worker is gone already", e);
            }
            process = null;
        }
    }

    /** Hands answers to those who wait; when the worker dies they hear it. */
    private void read(Process worker) {
        List<String> words = new ArrayList<>();
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(worker.getInputStream(), UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                hand(json.read(line.getBytes(UTF_8), WorkerAnswer.class, "the worker's answer"));
            }
        } catch (IOException e) {
            words.add(String.valueOf(e.getMessage()));
        }
        worker.destroy();
        synchronized (this) {
            if (process == worker) {
                process = null;
            }
            if (process == null) {
                String why = words.isEmpty() ? "see the engine's log" : String.join(", ", words);
                open.forEach((id, answers) -> answers.add(
                        WorkerAnswer.failed(id, new IOException("the process that works on images ended: " + why))));
            }
        }
    }

    private synchronized void hand(WorkerAnswer answer) {
        BlockingQueue<WorkerAnswer> answers = open.get(answer.id());
        if (answers != null) {
            answers.add(answer);
        }
    }

    @Override
    public synchronized void close() {
        open.clear();
        letGo();
    }
}
