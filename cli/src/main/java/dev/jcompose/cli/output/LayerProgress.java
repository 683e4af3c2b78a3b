package dev.jcompose.cli.output;

import dev.jcompose.engine.api.Event;
import dev.jcompose.engine.api.ImageOperations;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** What is known of the layers of images that are being transferred. */
final class LayerProgress {
    private static final String LEVELS = "⠀⡀⣀⣄⣤⣦⣶⣷⣿";

    /** By image, then by layer. */
    private final Map<String, Map<String, Layer>> images = new HashMap<>();

    private record Layer(String action, long current, long total, boolean done) {}

    /** Whether an event is about a layer. */
    static boolean isLayer(Event event) {
        return event.attributes().containsKey(ImageOperations.LAYER);
    }

    static String layer(Event event) {
        return event.attributes().getOrDefault(ImageOperations.LAYER, "");
    }

    static long current(Event event) {
        return number(event, ImageOperations.CURRENT);
    }

    static long total(Event event) {
        return number(event, ImageOperations.TOTAL);
    }

    private static long number(Event event, String attribute) {
        return Long.parseLong(event.attributes().getOrDefault(attribute, "0"));
    }

    /** Takes in an event of a layer; says whether the layer does something new, and not just more of the same. */
    boolean add(Event event) {
        Map<String, Layer> layers = images.computeIfAbsent(event.name(), name -> new LinkedHashMap<>());
        Layer before = layers.get(layer(event));
        long total = total(event) > 0 ? total(event) : before == null ? 0 : before.total();
        boolean done = event.status() == Event.Status.DONE;
        layers.put(layer(event), new Layer(event.action(), done ? total : current(event), total, done));
        return before == null || !before.action().equals(event.action());
    }

    /** A bar of one character per layer, and the bytes of all: {@code [⣿⣦⠀] 12.3MB / 40MB}. */
    String summary(String image) {
        StringBuilder bars = new StringBuilder("[");
        long current = 0;
        long total = 0;
        for (Layer layer : images.getOrDefault(image, Map.of()).values()) {
            int level = layer.done()
                    ? LEVELS.length() - 1
                    : layer.total() == 0 ? 0 : (int) (layer.current() * (LEVELS.length() - 1) / layer.total());
            bars.append(LEVELS.charAt(Math.min(level, LEVELS.length() - 1)));
            current += Math.min(layer.current(), layer.total());
            total += layer.total();
        }
        bars.append(']');
        return total == 0 ? bars.toString() : bars + " " + HumanSize.of(current) + " / " + HumanSize.of(total);
    }
}
