package dev.jcompose.linux.xtables;

/**
 * Where the fields of {@code ipt_entry} and {@code ip6t_entry} are, in bytes.
 *
 * @param interfaces {@code iniface}; {@code outiface} and the masks of both follow
 * @param protocol {@code proto}, of 16 bits
 * @param flags {@code flags}; {@code invflags} follow
 * @param targetOffset {@code target_offset}; {@code next_offset} follows
 * @param matches {@code elems}
 * @param addresses how many bytes of addresses and their masks there are at the beginning
 * @see <a
 *     href="https://git.kernel.org/pub/scm/linux/kernel/git/torvalds/linux.git/tree/include/uapi/linux/netfilter_ipv4/ip_tables.h">ip_tables.h</a>
 */
record Layout(int interfaces, int protocol, int flags, int targetOffset, int matches, int addresses) {
    static final Layout IPV4 = new Layout(16, 80, 82, 88, 112, 16);
    static final Layout IPV6 = new Layout(64, 128, 131, 140, 168, 64);
}
