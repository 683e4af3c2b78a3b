/** TLS of clients, with certificates and keys from the PEM files that Docker's options name. */
@NullMarked
package dev.jcompose.images.tls;

import org.jspecify.annotations.NullMarked;
