package dev.jcompose.engine.api;

/** The names that containers see. */
public interface DnsOperations {

    /**
     * What a running container is answered when it asks for a name, and why.
     *
     * @param container its name or id
     * @param type a record type's name, {@code A}, or its number, {@code TYPE65}
     */
    DnsReport resolve(String container, String name, String type);
}
