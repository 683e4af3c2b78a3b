package dev.jcompose.images.transfer;

import dev.jcompose.images.ImageReference;
import dev.jcompose.images.ImageStore;
import dev.jcompose.images.registry.Patience;
import dev.jcompose.images.registry.RegistryAccess;
import dev.jcompose.images.store.Failpoint;
import dev.jcompose.linux.Linux;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A process that pulls or loads an image, and dies at one of the places where it may. */
public final class MortalTransfer {
    /** What it exits with when it dies, as if killed. */
    static final int DEAD = 137;

    private MortalTransfer() {}

    /** Dies at the place of a number; its methods are called by several threads. */
    private static final class Fatal implements Failpoint {
        private final AtomicInteger places = new AtomicInteger();
        private final int last;

        Fatal(int last) {
            this.last = last;
        }

        @Override
        public void reached(String place) {
            if (places.incrementAndGet() == last) {
                System.out.println(place);
                Runtime.getRuntime().halt(DEAD);
            }
        }
    }

    /** @param arguments the store, the number of the place (the first is 1), {@code pull} or {@code load}, and what */
    public static void main(String[] arguments) throws Exception {
        Fatal failpoint = new Fatal(Integer.parseInt(arguments[1]));
        ImageStore store =
                ImageStore.open(Linux.load(), Path.of(arguments[0]), List.of(), Clock.systemUTC(), failpoint);
        if (arguments[2].equals("pull")) {
            RegistryAccess access = RegistryAccess.of(Map.of());
            new LocalTransfer(store, Patience.DEFAULT)
                    .pull(PullRequest.of(ImageReference.parse(arguments[3]), access), TransferListener.NONE);
        } else {
            try (InputStream archive = Files.newInputStream(Path.of(arguments[3]))) {
                store.load(archive);
            }
        }
        store.close();
        System.out.println("survived " + failpoint.places.get());
    }
}
