package dev.jcompose.network;

import java.util.Locale;

/** A transport protocol whose ports can be published. */
public enum Protocol {
    TCP(6),
    UDP(17),
    SCTP(132);

    private final int number;

    Protocol(int number) {
        this.number = number;
    }

    /**
     * Reads the word that Compose uses.
     *
     * @throws IllegalArgumentException if it is none of {@code tcp}, {@code udp} and {@code sctp}
     */
    public static Protocol parse(String word) {
        for (Protocol protocol : values()) {
            if (protocol.toString().equals(word)) {
                return protocol;
            }
        }
        throw new IllegalArgumentException("protocol \"%s\" is none of tcp, udp, sctp".formatted(word));
    }

    /** The number in an IP header. */
    public int number() {
        return number;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
