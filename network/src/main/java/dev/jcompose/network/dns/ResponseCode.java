package dev.jcompose.network.dns;

/**
 * The response codes that jcompose sends.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc1035#section-4.1.1">RFC 1035, 4.1.1</a>
 */
enum ResponseCode {
    NOERROR(0),
    FORMERR(1),
    SERVFAIL(2),
    NXDOMAIN(3),
    NOTIMP(4),
    REFUSED(5),
    /** Its upper bits are in the OPT record. */
    BADVERS(16);

    private final int number;

    ResponseCode(int number) {
        this.number = number;
    }

    int number() {
        return number;
    }
}
