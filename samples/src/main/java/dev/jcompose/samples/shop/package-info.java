/**
 * A small shop of many services, each the same jar with another argument: see {@code samples/shop}. Made to show a
 * stack, not to sell anything.
 */
package dev.jcompose.samples.shop;
