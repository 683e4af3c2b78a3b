package dev.jcompose.cli.completion;

import java.util.Collection;

/** Names that a project has; none where there is no project, or a wrong one. */
public interface ProjectNames {

    /** Of services, also of those that no profile switches on. */
    Collection<String> services();

    /** Of profiles. */
    Collection<String> profiles();
}
