package dev.jcompose.cli.command;

import dev.jcompose.cli.output.Progress;
import dev.jcompose.cli.session.Session;
import dev.jcompose.engine.api.EngineException;
import dev.jcompose.engine.api.UpRequest;
import dev.jcompose.engine.api.UpRequest.ChangedVolumes;
import dev.jcompose.engine.api.UpRequestBuilder;
import java.util.function.Consumer;

/**
 * An {@code up} that asks before it removes data: the engine finds volumes whose configuration has changed, the user
 * says what becomes of them. Nobody is asked without a terminal: they stay.
 */
final class VolumeQuestion {
    private final Session session;
    private final boolean yes;

    /** {@code yes} answers every question. */
    VolumeQuestion(Session session, boolean yes) {
        this.session = session;
        this.yes = yes;
    }

    /** Does it, and shows the progress under {@code title}. */
    void up(String title, UpRequestBuilder request) {
        up(request, asked -> {
            try (Progress progress = session.progress(title)) {
                session.engine().projects().up(asked, progress);
            }
        });
    }

    /** Does it in a way of its own; {@code run} is called again with the answer. */
    void up(UpRequestBuilder request, Consumer<UpRequest> run) {
        boolean ask = !yes && session.canAsk();
        try {
            run.accept(request.changedVolumes(
                            yes ? ChangedVolumes.RECREATE : ask ? ChangedVolumes.ASK : ChangedVolumes.KEEP)
                    .build());
        } catch (EngineException e) {
            if (e.kind() != EngineException.Kind.QUESTION) {
                throw e;
            }
            boolean recreate = session.confirm(String.valueOf(e.getMessage()));
            run.accept(request.changedVolumes(recreate ? ChangedVolumes.RECREATE : ChangedVolumes.KEEP)
                    .build());
        }
    }
}
