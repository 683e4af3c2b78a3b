/**
 * Deciding, apart from doing: from what a project wants and what there is, a {@link dev.jcompose.engine.plan.Plan} of
 * single operations. Pure functions; nothing here touches the kernel or the disk.
 */
@NullMarked
package dev.jcompose.engine.plan;

import org.jspecify.annotations.NullMarked;
