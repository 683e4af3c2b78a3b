package dev.jcompose.network.dns;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one container has been answered from the table of names, for as long as that and the container's view are the
 * same: clients ask for few names, and often. Used on its event loop only.
 */
final class KnownAnswers {
    /** Of which a container that makes names up does not keep more. */
    private static final int MOST = 128;

    private final Map<Question, EncodedAnswer> answers = new HashMap<>();
    private @Nullable DnsZones zones;
    private @Nullable DnsView view;

    /** The answer; null when others are to be asked. */
    @SuppressWarnings("ReferenceEquality") // a view that is merely equal costs no more than a new look
    @Nullable
    EncodedAnswer find(DnsZones currentZones, DnsView currentView, Question question) {
        if (zones != currentZones || view != currentView) {
            answers.clear();
            zones = currentZones;
            view = currentView;
        }
        EncodedAnswer known = answers.get(question);
        if (known != null) {
            return known;
        }
        EncodedAnswer answer = encode(currentZones.lookup(currentView, question.name(), question.type()), question);
        if (answer != null) {
            if (answers.size() >= MOST) {
                answers.clear();
            }
            answers.put(question, answer);
        }
        return answer;
    }

    private static @Nullable EncodedAnswer encode(DnsAnswer answer, Question question) {
        if (answer instanceof DnsAnswer.Addresses addresses) {
            return EncodedAnswer.of(addresses, question.type());
        } else if (answer instanceof DnsAnswer.Pointer pointer) {
            return EncodedAnswer.of(pointer);
        } else if (answer instanceof DnsAnswer.Services services) {
            return EncodedAnswer.of(services);
        } else if (answer instanceof DnsAnswer.Forward) {
            return null;
        }
        return EncodedAnswer.empty(answer instanceof DnsAnswer.NoData ? ResponseCode.NOERROR : ResponseCode.NXDOMAIN);
    }
}
