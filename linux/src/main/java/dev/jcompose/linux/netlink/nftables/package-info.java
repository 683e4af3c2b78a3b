/**
 * nf_tables over netlink: tables, chains, rules, sets and maps as one atomic batch, in the vocabulary of nft(8), with
 * no binary. It knows how a rule set is encoded and nothing of which rules anybody wants.
 */
@NullMarked
package dev.jcompose.linux.netlink.nftables;

import org.jspecify.annotations.NullMarked;
