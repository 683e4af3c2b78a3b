package dev.jcompose.network.dns;

/** Who asked, and how to answer it. */
interface Client {

    /** Whether it asks over TCP. */
    boolean tcp();

    /**
     * Answers it. To be called before {@link ContainerResolver#resolve} returns.
     *
     * @param message begins with the answer; the caller's again after the return
     */
    void answer(byte[] message, int length);

    /** The same, to be answered on the event loop when {@link ContainerResolver#resolve} has returned. */
    Client later();
}
