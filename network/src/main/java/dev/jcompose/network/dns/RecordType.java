package dev.jcompose.network.dns;

/**
 * Numbers of the DNS record types that are treated in a way of their own.
 *
 * @see <a href="https://www.iana.org/assignments/dns-parameters/">DNS parameters at IANA</a>
 */
public final class RecordType {
    public static final int A = 1;
    public static final int NS = 2;
    public static final int SOA = 6;
    public static final int PTR = 12;
    public static final int AAAA = 28;
    public static final int SRV = 33;
    public static final int OPT = 41;
    public static final int DS = 43;
    public static final int DNSKEY = 48;
    public static final int IXFR = 251;
    public static final int AXFR = 252;

    private RecordType() {}
}
