package dev.jcompose.images.worker;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.jcompose.images.oci.OciJson;
import dev.jcompose.images.store.ContentStore;
import dev.jcompose.linux.Linux;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The worker's process: does what the lines of its input say, until the input ends. */
public final class WorkerMain {
    private final OciJson json = new OciJson();
    private final WorkerOperations operations;
    private final OutputStream out;
    private final Map<Long, Future<?>> running = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newCachedThreadPool();

    private WorkerMain(ContentStore content, OutputStream out) {
        operations = new WorkerOperations(content);
        this.out = out;
    }

    /** @param arguments the store's directory */
    public static void main(String[] arguments) throws IOException {
        ContentStore content = new ContentStore(Linux.load(), Path.of(arguments[0]), new OciJson());
        // Whatever else prints must not come between the lines.
        OutputStream out = new FileOutputStream(FileDescriptor.out);
        System.setOut(System.err);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(System.in, UTF_8))) {
            new WorkerMain(content, out).serve(in);
        }
        // Whatever goes on is for nobody; half-made things are the engine's to remove.
        Runtime.getRuntime().halt(0);
    }

    private void serve(BufferedReader in) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            WorkerRequest request = json.read(line.getBytes(UTF_8), WorkerRequest.class, "request");
            if (request.operation() == WorkerRequest.Operation.CANCEL) {
                Future<?> canceled = running.get(request.id());
                if (canceled != null) {
                    canceled.cancel(true);
                }
            } else {
                begin(request);
            }
        }
    }

    private synchronized void begin(WorkerRequest request) {
        running.put(request.id(), threads.submit(() -> run(request)));
    }

    private void run(WorkerRequest request) {
        WorkerAnswer answer;
        try {
            WorkerAnswer.Result result =
                    operations.run(request, event -> write(WorkerAnswer.step(request.id(), event)));
            answer = WorkerAnswer.done(request.id(), result);
        } catch (IOException | RuntimeException e) {
            answer = WorkerAnswer.failed(request.id(), e);
        } catch (OutOfMemoryError e) {
            answer = WorkerAnswer.failed(request.id(), new IOException("out of memory", e));
        }
        synchronized (this) {
            running.remove(request.id());
        }
        write(answer);
    }

    private void write(WorkerAnswer answer) {
        byte[] line = (new String(json.write(answer), UTF_8) + "\n").getBytes(UTF_8);
        synchronized (out) {
            try {
                out.write(line);
            } catch (IOException e) {
                // The engine is gone, and with it whoever wanted this.
                Runtime.getRuntime().halt(1);
            }
        }
    }
}
