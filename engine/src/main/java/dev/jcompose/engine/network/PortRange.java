package dev.jcompose.engine.network;

import dev.jcompose.model.PortMapping;

/**
 * The host ports that a published port may have.
 *
 * @param first 0 for any
 * @param last not below {@code first}
 */
record PortRange(int first, int last) {

    /** From {@code published}: nothing, a number, or {@code first-last}. */
    static PortRange of(PortMapping port) {
        String published = port.published();
        if (published == null || published.isEmpty()) {
            return new PortRange(0, 0);
        }
        int dash = published.indexOf('-');
        int first = Integer.parseInt(dash < 0 ? published : published.substring(0, dash));
        return new PortRange(first, dash < 0 ? first : Integer.parseInt(published.substring(dash + 1)));
    }
}
