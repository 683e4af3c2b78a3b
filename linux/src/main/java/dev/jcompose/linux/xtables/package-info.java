/**
 * The filters that iptables-legacy made, which nf_tables knows nothing of. They are only read, in the form in which the
 * rules of nf_tables are.
 */
@NullMarked
package dev.jcompose.linux.xtables;

import org.jspecify.annotations.NullMarked;
