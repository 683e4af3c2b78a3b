package dev.jcompose.images;

import dev.jcompose.images.oci.ImageJson;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An image's own health check. A null means that the image leaves it to the engine's default.
 *
 * @param test {@code CMD} and arguments, {@code CMD-SHELL} and a line, or {@code NONE} to have no check
 * @param retries failures in a row until unhealthy
 * @see <a href="https://docs.docker.com/reference/dockerfile/#healthcheck">HEALTHCHECK</a>
 */
public record ImageHealthcheck(
        List<String> test,
        @Nullable Duration interval,
        @Nullable Duration timeout,
        @Nullable Duration startPeriod,
        @Nullable Duration startInterval,
        @Nullable Integer retries) {

    public ImageHealthcheck {
        test = List.copyOf(test);
    }

    static ImageHealthcheck of(ImageJson.Healthcheck json) {
        return new ImageHealthcheck(
                json.test(),
                duration(json.intervalNanos()),
                duration(json.timeoutNanos()),
                duration(json.startPeriodNanos()),
                duration(json.startIntervalNanos()),
                json.retries() == 0 ? null : Integer.valueOf(json.retries()));
    }

    private static @Nullable Duration duration(long nanos) {
        return nanos == 0 ? null : Duration.ofNanos(nanos);
    }
}
