package dev.rooster.delivery;

import dev.rooster.mail.Farewell;
import dev.rooster.mail.ReplyClassifier;
import dev.rooster.mail.ReplyVerdict;
import dev.rooster.mail.SmtpCommand;
import dev.rooster.mail.SmtpReply;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;
import java.util.random.RandomGenerator;

/**
 * Decides what is done next: which rows are taken, offered, sent, recorded, tried again or given up.
 *
 * <p>A step has no I/O, no clock and no chance of its own: the same state, instants, events and random numbers give the same
 * actions, so a run under any faults replays from its seed. The state is changed in place and belongs to one caller.
 *
 * <p>The order it keeps: a {@link Action.Send} comes only from the {@link Event.Committed} that granted its start, and that
 * commit held the outcomes of everything the connection did before. While the database can't be written nothing is begun.
 */
final class Dispatcher {
    private static final Duration IDLE_MAX = Duration.ofSeconds(5);
    private static final Duration LEDGER_REST_FIRST = Duration.ofMillis(500);
    private static final Duration LEDGER_REST_MAX = Duration.ofSeconds(10);
    /** One relay may have waited for another that has stopped talking. */
    private static final Duration SHARES_AGAIN = Duration.ofSeconds(1);

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(5);
    private static final Duration CANARY_EVERY = Duration.ofSeconds(1);
    private static final Duration LOOK_WHILE_PAUSED = Duration.ofMinutes(5);

    private static final ToIntFunction<String> NO_LIMIT = provider -> Integer.MAX_VALUE;

    /** Authentication required, refused, or too weak (RFC 4954 section 6). */
    private static final Set<Integer> OUR_LOGIN = Set.of(530, 534, 535, 538);

    private final DeliverySettings settings;
    private final RetrySchedule retries;
    private final RandomGenerator random;

    Dispatcher(DeliverySettings settings, RandomGenerator random) {
        this.settings = settings;
        this.retries = new RetrySchedule(settings);
        this.random = random;
    }

    /**
     * One step's result.
     *
     * @param actions to be carried out in this order
     * @param wakeAt when to step again without any event; null: only when one comes
     */
    record Step(List<Action> actions, Instant wakeAt) {}

    Step step(DispatcherState state, Instant now, List<? extends Event> events) {
        Moment moment = new Moment(state, now);
        for (Event event : events) {
            moment.take(event);
        }
        moment.decide();
        return new Step(moment.actions, moment.wakeAt);
    }

    /** One step under way. */
    private final class Moment {
        private final DispatcherState state;
        private final Instant now;
        private final List<Action> actions = new ArrayList<>();
        private Instant wakeAt;

        Moment(DispatcherState state, Instant now) {
            this.state = state;
            this.now = now;
        }

        // --- what happened ---

        void take(Event event) {
            if (event instanceof Event.OfConnection ofConnection) {
                takeOfConnection(ofConnection);
            } else if (event instanceof Event.Committed committed) {
                committed(committed.answers());
            } else if (event instanceof Event.CommitFailed) {
                commitFailed();
            } else if (event instanceof Event.Claimed claimed) {
                claimed(claimed.edition(), claimed.scope(), claimed.claim());
            } else if (event instanceof Event.ClaimFailed failed) {
                EditionRun run = state.editions.get(failed.edition());
                if (run != null) {
                    run.claimFailed(failed.scope());
                    ledgerRests();
                }
            } else if (event instanceof Event.FinishAnswered answered) {
                finishAnswered(answered.edition(), answered.check());
            } else if (event instanceof Event.FinishFailed failed) {
                finishAnswered(failed.edition(), new FinishCheck.Unfinished(0, 0, now.plus(LOOK_AGAIN)));
            } else if (event instanceof Event.RatesGranted granted) {
                state.rates.granted(granted.grants(), now);
            } else if (event instanceof Event.RatesFailed failed) {
                state.rates.failed(failed.asks(), now);
            } else if (event instanceof Event.RelayKnown known) {
                state.relays.computeIfAbsent(known.relay(), RelayRun::new).limit(known.connections());
            } else if (event instanceof Event.EditionOpened opened) {
                boolean known = opened.relays().stream().allMatch(share -> state.relays.containsKey(share.relay()));
                if (!state.stopping() && known) {
                    openEdition(opened.edition(), opened.relays());
                }
            } else if (event instanceof Event.EditionClosed closed) {
                closeEdition(closed.edition());
            } else if (event instanceof Event.CanaryAnswered answered) {
                EditionRun run = state.editions.get(answered.edition());
                if (run != null) {
                    run.paced(answered.pace(), now.plus(CANARY_EVERY));
                }
            } else if (event instanceof Event.ReleaseFailed failed) {
                // with the next commit that works: nobody else takes what a living node holds
                failed.rows().forEach(row -> record(Outcome.returned(row, now)));
                ledgerRests();
            } else if (event instanceof Event.LeaseLost) {
                leaseLost();
            } else if (event instanceof Event.Stop stop) {
                stop(stop.grace());
            }
        }

        /** Said again at each look: what providers may get can have changed. */
        private void openEdition(SendingEdition edition, List<RelayShare> relays) {
            EditionRun known = state.editions.get(edition.id());
            if (known != null && !known.edition.expiresAt().equals(edition.expiresAt())) {
                closeEdition(edition.id()); // paused, prolonged and resumed between two looks
                known = null;
            }
            if (known == null) {
                state.editions.put(edition.id(), new EditionRun(edition, relays, now));
            } else {
                known.providers(edition.providers(), now).forEach(state.givenUp::add);
            }
        }

        private void takeOfConnection(Event.OfConnection event) {
            RelayRun relay = state.relays.get(event.connection().relay());
            ConnectionRun connection = relay.connections.get(event.connection());
            if (event instanceof Event.Connected
                    || event instanceof Event.Ready
                    || event instanceof Event.Refused
                    || event instanceof Event.Answered) {
                relay.spoke(now);
            }
            if (event instanceof Event.Connected) {
                if (connection.phase == ConnectionRun.Phase.CONNECTING) {
                    connection.opened(now);
                }
            } else if (event instanceof Event.ConnectFailed failed) {
                connectFailed(relay, connection, failed);
            } else if (event instanceof Event.Ready ready) {
                ready(connection, ready);
            } else if (event instanceof Event.Refused refused) {
                refused(relay, connection, refused);
            } else if (event instanceof Event.EnvelopeLost lost) {
                envelopeLost(relay, connection, lost);
            } else if (event instanceof Event.Answered answered) {
                answered(relay, connection, answered);
            } else if (event instanceof Event.BodyLost lost) {
                bodyLost(relay, connection, lost);
            } else if (event instanceof Event.Unsendable unsendable) {
                record(Outcome.unsendable(unsendable.delivery(), unsendable.why()));
                if (unsendable.closed()) {
                    connection.closed();
                } else if (connection.phase != ConnectionRun.Phase.CLOSING) {
                    connection.idle(now);
                }
            } else if (event instanceof Event.Closed) {
                connection.closed();
            }
        }

        private void connectFailed(RelayRun relay, ConnectionRun connection, Event.ConnectFailed failed) {
            boolean first = !relay.resting(now);
            connection.closed();
            if (!failed.login() && relay.serves()) {
                relay.oneFewer(now);
                return;
            }
            relay.failed(now, failed.login(), random);
            if (first) {
                actions.add(new Action.Alarm(relay.name, failed.why()));
            }
        }

        private void ready(ConnectionRun connection, Event.Ready ready) {
            connection.begun++;
            if (connection.phase == ConnectionRun.Phase.CLOSING) {
                giveBack(ready.delivery());
                return;
            }
            EditionRun run = state.editions.get(ready.delivery().key().edition());
            if (run == null || run.paused(ready.delivery()) || state.stopping() || state.ledgerDown()) {
                giveBack(ready.delivery());
                abandon(connection);
                return;
            }
            connection.phase = ConnectionRun.Phase.READY;
            connection.mayRide = ready.mayRide();
            state.starts.add(new Start(ready.delivery(), connection.id.relay()));
            state.waiting.put(ready.delivery().key(), connection);
        }

        private void refused(RelayRun relay, ConnectionRun connection, Event.Refused refused) {
            if (refused.at() == SmtpCommand.MAIL
                    && OUR_LOGIN.contains(refused.reply().code())) {
                loginRefused(relay, connection, refused);
                return;
            }
            ReplyVerdict verdict = ReplyClassifier.classify(refused.reply(), refused.at());
            boolean unknowing = refused.at() == SmtpCommand.MAIL || refused.at() == SmtpCommand.RSET;
            if (verdict.disposition() == ReplyVerdict.Disposition.RELAY_DOWN) {
                boolean farewell = unknowing && connection.taken > 0 && Farewell.isSaidIn(refused.reply());
                if (farewell && !relay.breaksAt(refused.delivery().key())) {
                    relay.farewell(connection, now);
                } else {
                    relay.slowDown(now, random);
                }
                if (unknowing) {
                    giveBack(refused.delivery()); // said before it knew whom it was for
                } else {
                    deferred(refused.delivery(), relay, refused.reply(), verdict);
                }
                abandon(connection);
                return;
            }
            connection.begun++;
            settle(relay, refused.delivery(), refused.reply(), verdict, refused.at());
            if (connection.phase != ConnectionRun.Phase.CLOSING) {
                connection.idle(now);
            }
        }

        /** Said before the relay knew whom it was for: its own fault, or our settings'. Another relay may be better. */
        private void loginRefused(RelayRun relay, ConnectionRun connection, Event.Refused refused) {
            boolean first = !relay.resting(now);
            relay.failed(now, true, random);
            giveBack(refused.delivery());
            abandon(connection);
            if (first) {
                actions.add(new Action.Alarm(relay.name, Outcome.line(refused.reply())));
            }
        }

        private void answered(RelayRun relay, ConnectionRun connection, Event.Answered answered) {
            ReplyVerdict verdict = ReplyClassifier.classify(answered.reply(), SmtpCommand.BODY);
            boolean closing = connection.phase == ConnectionRun.Phase.CLOSING;
            if (verdict.disposition() == ReplyVerdict.Disposition.RELAY_DOWN) {
                relay.slowDown(now, random);
                deferred(answered.delivery(), relay, answered.reply(), verdict);
                connection.endTold = true;
            } else {
                connection.taken += verdict.disposition() == ReplyVerdict.Disposition.ACCEPTED ? 1 : 0;
                settle(relay, answered.delivery(), answered.reply(), verdict, SmtpCommand.BODY);
            }
            if (connection.riding != null) {
                connection.current = connection.riding;
                connection.riding = null;
                connection.rode = true;
                if (!closing) {
                    connection.phase = ConnectionRun.Phase.OPENING;
                }
            } else if (!closing) {
                connection.idle(now);
                if (!answered.usable()) {
                    close(connection);
                }
            }
        }

        private void envelopeLost(RelayRun relay, ConnectionRun connection, Event.EnvelopeLost lost) {
            boolean toldBefore = connection.phase == ConnectionRun.Phase.CLOSING || connection.endTold;
            boolean rode = connection.rode;
            connection.closed();
            if (toldBefore) {
                giveBack(lost.delivery()); // the connection was at its end before this recipient's turn
            } else if ((rode || lost.beforeAnyReply())
                    && !relay.breaksAt(lost.delivery().key())) {
                if (lost.beforeAnyReply() && connection.taken > 0) {
                    relay.farewell(connection, now); // RFC 5321 section 3.8: it may close without a word
                } else if (!rode) {
                    relay.failed(now, false, random);
                }
                giveBack(lost.delivery());
            } else {
                relay.failed(now, false, random);
                lost(lost.delivery(), relay, lost.why());
            }
        }

        private void bodyLost(RelayRun relay, ConnectionRun connection, Event.BodyLost lost) {
            boolean ours = connection.phase == ConnectionRun.Phase.CLOSING;
            ClaimedDelivery riding = connection.riding;
            if (riding == null) {
                connection.closed();
            } else {
                // its own event follows and closes the connection
                connection.endTold = true;
                connection.current = riding;
                connection.riding = null;
                connection.rode = true;
                connection.phase = ConnectionRun.Phase.OPENING;
            }
            if (lost.dotWritten()) {
                uncertain(relay, lost, ours);
            } else if (ours) {
                giveBack(lost.delivery());
            } else {
                relay.failed(now, false, random);
                lost(lost.delivery(), relay, lost.why());
            }
        }

        /** See invariant 2 of the ledger: resent once, with the normal wait; after a stop at once; a second loss is final. */
        private void uncertain(RelayRun relay, Event.BodyLost lost, boolean ours) {
            ClaimedDelivery delivery = lost.delivery();
            Instant resendAt = null;
            if (settings.uncertain() == UncertainPolicy.RESEND && delivery.uncertainCount() == 0) {
                resendAt = ours ? now : next(delivery, Optional.empty()).orElse(null);
            }
            record(Outcome.uncertain(delivery, relay.name, lost.why(), resendAt));
            if (!ours && relay.lostAfterDot(now, random)) {
                actions.add(new Action.Alarm(relay.name, lost.why()));
            }
        }

        private void settle(
                RelayRun relay, ClaimedDelivery delivery, SmtpReply reply, ReplyVerdict verdict, SmtpCommand at) {
            EditionRun run = state.editions.get(delivery.key().edition());
            switch (verdict.disposition()) {
                case ACCEPTED -> {
                    relay.accepted(now);
                    if (run != null) {
                        run.faults.accepted(delivery.provider());
                    }
                    record(Outcome.accepted(delivery, relay.name, reply, verdict));
                }
                case DEFER -> {
                    relay.alive();
                    deferred(delivery, relay, reply, verdict);
                }
                case REJECT_ADDRESS, REJECT_OTHER -> {
                    relay.alive();
                    record(Outcome.rejected(
                            delivery,
                            relay.name,
                            reply,
                            verdict,
                            verdict.disposition() == ReplyVerdict.Disposition.REJECT_ADDRESS
                                    ? DeliveryReason.ADDRESS
                                    : DeliveryReason.REFUSED));
                }
                case PAUSE_SENDER -> {
                    relay.alive();
                    senderRefused(run, delivery, relay, reply, verdict, at);
                }
                case RELAY_DOWN -> throw new IllegalStateException("handled by the caller");
            }
        }

        /**
         * The refusal is about us. The sender itself refused, or several recipients in a row at more than one provider: the
         * edition stops, and those it hit are tried again when it goes on. (Several at one provider: the stop rules see them
         * in the commit.) One alone may be a recipient's own rule: it is tried once more, or twice if this provider took nobody
         * else in between.
         */
        private void senderRefused(
                EditionRun run,
                ClaimedDelivery delivery,
                RelayRun relay,
                SmtpReply reply,
                ReplyVerdict verdict,
                SmtpCommand at) {
            boolean ofSender = at.ordinal() <= SmtpCommand.MAIL.ordinal();
            if (run == null || run.paused(delivery) && !ofSender) {
                deferred(delivery, relay, reply, verdict);
                return;
            }
            long enough = Math.min(settings.senderFaultsMax(), run.edition.recipients());
            run.faults.refused(delivery.provider());
            boolean pause = ofSender
                    || run.faults.inRow() >= enough && (run.edition.oneProvider() || run.faults.providers() > 1);
            boolean givenUp =
                    delivery.attempts() > 1 || delivery.attempts() > 0 && run.faults.takesOthers(delivery.provider());
            if (!pause && givenUp) {
                record(Outcome.rejected(delivery, relay.name, reply, verdict, DeliveryReason.SENDER_FAULT));
                return;
            }
            deferred(delivery, relay, reply, verdict);
            if (pause) {
                actions.add(new Action.Pause(
                        run.edition.id(), new PauseReason(PauseReason.Kind.SENDER_REFUSED, Outcome.line(reply))));
                closeEdition(run.edition.id());
            }
        }

        private void deferred(ClaimedDelivery delivery, RelayRun relay, SmtpReply reply, ReplyVerdict verdict) {
            record(next(delivery, verdict.retryHint())
                    .map(at -> Outcome.deferred(delivery, relay.name, reply, verdict, at))
                    .orElseGet(() -> Outcome.expired(delivery, relay.name, reply, Outcome.line(reply), verdict)));
        }

        private void lost(ClaimedDelivery delivery, RelayRun relay, String why) {
            record(next(delivery, Optional.empty())
                    .map(at -> Outcome.lost(delivery, relay.name, why, at))
                    .orElseGet(() -> Outcome.expired(delivery, relay.name, null, why, null)));
        }

        private Optional<Instant> next(ClaimedDelivery delivery, Optional<Duration> hint) {
            EditionRun run = state.editions.get(delivery.key().edition());
            Instant expiresAt = run == null ? now.plus(DeliverySettings.EXPIRY_MAX) : run.edition.expiresAt();
            return retries.next(now, delivery.attempts() + 1, hint, expiresAt, random);
        }

        // --- the ledger's answers ---

        private void committed(List<StartAnswer> answers) {
            state.ledgerRetryAt = null;
            state.ledgerRest = Duration.ZERO;
            for (Outcome outcome : state.committing) {
                EditionRun run = state.editions.get(outcome.key().edition());
                if (run != null) {
                    run.came();
                    run.look(outcome.delivery().provider(), outcome.nextAttempt());
                }
            }
            state.committing = List.of();
            for (StartAnswer answer : answers) {
                answerStart(state.waiting.remove(answer.start().delivery().key()), answer);
            }
        }

        private void answerStart(ConnectionRun connection, StartAnswer answer) {
            if (connection == null) {
                return;
            }
            ClaimedDelivery delivery = answer.start().delivery();
            EditionRun run = state.editions.get(delivery.key().edition());
            if (answer.refusal().isEmpty()) {
                send(connection, delivery);
                return;
            }
            abandon(connection);
            switch (answer.refusal().get()) {
                case RECIPIENT, GONE -> {
                    if (run != null) {
                        run.came();
                    }
                }
                case VERSION -> {
                    // back to the ledger: the next claim brings it with what it is to get now
                    if (run != null) {
                        run.came();
                        run.look(now);
                    }
                    state.givenUp.add(delivery);
                }
                case EDITION -> {
                    giveBack(delivery);
                    closeEdition(delivery.key().edition());
                }
                case PROVIDER -> {
                    if (run != null) {
                        state.givenUp.addAll(run.pause(delivery.provider()));
                    }
                    giveBack(delivery);
                }
                case LEASE -> leaseLost();
            }
        }

        private void send(ConnectionRun connection, ClaimedDelivery delivery) {
            ClaimedDelivery riding = null;
            RelayRun relay = state.relays.get(connection.id.relay());
            boolean crowded = relay.connectionsOpen() > Math.max(1, relay.allowed(now));
            boolean more = connection.mayRide && connection.begun < relay.messagesMax(now);
            if (more && !crowded && !state.stopping()) {
                riding = nextRow(relay);
            }
            connection.phase = ConnectionRun.Phase.WRITING;
            connection.current = delivery;
            connection.riding = riding;
            actions.add(new Action.Send(connection.id, delivery, riding));
        }

        /** Nothing is known: what was to be recorded is kept, what was to start has not left and goes back. */
        private void commitFailed() {
            state.outcomes.addAll(0, state.committing);
            state.committing = List.of();
            for (ConnectionRun connection : state.waiting.values()) {
                ClaimedDelivery delivery = connection.current;
                abandon(connection);
                state.outcomes.add(Outcome.returned(delivery, now));
            }
            state.waiting.clear();
            ledgerRests();
        }

        private void ledgerRests() {
            Duration rest = state.ledgerRest.isZero() ? LEDGER_REST_FIRST : state.ledgerRest.multipliedBy(2);
            state.ledgerRest = rest.compareTo(LEDGER_REST_MAX) > 0 ? LEDGER_REST_MAX : rest;
            state.ledgerRetryAt = now.plus(state.ledgerRest);
        }

        private void claimed(EditionId edition, ClaimScope scope, Claim claim) {
            EditionRun run = state.editions.get(edition);
            if (run == null || state.stopping()) {
                state.givenUp.addAll(claim.rows());
                if (run != null) {
                    run.claimFailed(scope);
                }
                return;
            }
            run.took(scope, claim, now);
            state.givenUp.addAll(run.drainPaused());
        }

        private void finishAnswered(EditionId edition, FinishCheck check) {
            EditionRun run = state.editions.get(edition);
            if (run == null) {
                return;
            }
            run.checking = false;
            if (check instanceof FinishCheck.Unfinished unfinished) {
                if (unfinished.queued() > 0 && now.isBefore(run.edition.expiresAt())) {
                    run.restart(now);
                }
                if (unfinished.held() > 0) {
                    run.look(now.plus(LOOK_AGAIN));
                }
                run.look(unfinished.nextDue());
                if (run.seemsFinished()) {
                    // only paused providers' rows are left, or somebody else is about to settle the last ones
                    run.look(now.plus(run.anyPaused() ? LOOK_WHILE_PAUSED : LOOK_AGAIN));
                }
            } else {
                // it may hold rows: those of a late claim, or of connections that an earlier opening left
                closeEdition(edition);
            }
        }

        // --- closing ---

        private void closeEdition(EditionId edition) {
            EditionRun run = state.editions.remove(edition);
            if (run == null) {
                return;
            }
            state.givenUp.addAll(run.drain());
            for (RelayRun relay : state.relays.values()) {
                for (ConnectionRun connection : relay.connections.values()) {
                    boolean its = connection.current != null
                            && connection.current.key().edition().equals(edition);
                    if (its && connection.phase == ConnectionRun.Phase.READY) {
                        withdraw(connection);
                    } else if (its && connection.phase == ConnectionRun.Phase.OPENING) {
                        abandon(connection);
                    }
                }
            }
        }

        /** Others may hold our rows now: nothing more is begun, and nothing is given back. */
        private void leaseLost() {
            for (RelayRun relay : state.relays.values()) {
                for (ConnectionRun connection : relay.connections.values()) {
                    switch (connection.phase) {
                        case READY, OPENING -> abandon(connection);
                        case CLOSED, CONNECTING, IDLE, WRITING, CLOSING -> {}
                    }
                }
            }
            state.waiting.clear();
            state.starts.clear();
            state.givenUp.clear();
            state.editions.clear();
        }

        private void stop(Duration grace) {
            if (state.stopping()) {
                return;
            }
            state.stopDeadline = now.plus(grace);
            ask(state.rates.giveBack(now));
            for (RelayRun relay : state.relays.values()) {
                for (ConnectionRun connection : relay.connections.values()) {
                    switch (connection.phase) {
                        case READY -> withdraw(connection);
                        case OPENING -> abandon(connection);
                        case CONNECTING -> {
                            actions.add(new Action.Abandon(connection.id));
                            connection.closed();
                        }
                        case IDLE -> close(connection);
                        case CLOSED, WRITING, CLOSING -> {}
                    }
                }
            }
        }

        /** Takes a start back that was not yet committed. */
        private void withdraw(ConnectionRun connection) {
            ClaimedDelivery delivery = connection.current;
            state.waiting.remove(delivery.key());
            state.starts.removeIf(start -> start.delivery().key().equals(delivery.key()));
            giveBack(delivery);
            abandon(connection);
        }

        private void abandon(ConnectionRun connection) {
            if (connection.phase != ConnectionRun.Phase.CLOSING) {
                connection.phase = ConnectionRun.Phase.CLOSING;
                actions.add(new Action.Abandon(connection.id));
            }
        }

        private void close(ConnectionRun connection) {
            connection.phase = ConnectionRun.Phase.CLOSING;
            actions.add(new Action.Close(connection.id));
        }

        /** A row of which nothing has left: to the front of its edition's rows, or back to the ledger. */
        private void giveBack(ClaimedDelivery delivery) {
            EditionRun run = state.editions.get(delivery.key().edition());
            if (run != null) {
                run.came();
            }
            if (run == null || state.stopping() || !run.putBack(delivery)) {
                state.givenUp.add(delivery);
            }
        }

        private void record(Outcome outcome) {
            state.outcomes.add(outcome);
        }

        // --- what to do ---

        void decide() {
            if (state.stopping()) {
                finishStopping();
            } else if (!state.ledgerDown()) {
                state.editions.values().forEach(this::listen);
                state.relays.values().forEach(this::employ);
                state.editions.values().forEach(this::take);
                reserve();
            }
            giveUp();
            commit();
            if (state.ledgerDown()) {
                wake(state.ledgerRetryAt);
            }
        }

        private void employ(RelayRun relay) {
            int allowed = relay.allowed(now);
            int open = relay.connectionsOpen();
            for (ConnectionRun connection : relay.connections.values()) {
                if (connection.phase == ConnectionRun.Phase.IDLE) {
                    if (open > allowed && !relay.resting(now)) {
                        close(connection);
                        open--;
                    } else {
                        offer(relay, connection);
                    }
                }
            }
            int ready = rowsReady(relay);
            int wanted = Math.min(allowed - open, ready - connecting(relay));
            for (ConnectionRun connection : relay.connections.values()) {
                if (wanted > 0 && connection.phase == ConnectionRun.Phase.CLOSED) {
                    connection.phase = ConnectionRun.Phase.CONNECTING;
                    actions.add(new Action.Connect(connection.id));
                    wanted--;
                }
            }
            if (relay.resting(now) && ready > 0) {
                wake(relay.restUntil());
            } else if (ready > 0 && relay.noneNewUntil().isAfter(now)) {
                wake(relay.noneNewUntil());
            }
        }

        private void offer(RelayRun relay, ConnectionRun connection) {
            if (connection.begun >= relay.messagesMax(now)) {
                close(connection);
                return;
            }
            ClaimedDelivery row = relay.resting(now) ? null : nextRow(relay);
            if (row != null) {
                connection.phase = ConnectionRun.Phase.OPENING;
                connection.current = row;
                connection.rode = false;
                actions.add(new Action.Open(connection.id, row));
            } else if (!connection.idleSince.plus(IDLE_MAX).isAfter(now)) {
                close(connection);
            } else {
                wake(connection.idleSince.plus(IDLE_MAX));
            }
        }

        private int connecting(RelayRun relay) {
            int connecting = 0;
            for (ConnectionRun connection : relay.connections.values()) {
                if (connection.phase == ConnectionRun.Phase.CONNECTING) {
                    connecting++;
                }
            }
            return connecting;
        }

        /** Rows that could be offered to this relay now. */
        private int rowsReady(RelayRun relay) {
            int rows = 0;
            for (EditionRun run : state.editions.values()) {
                if (carries(run, relay)) {
                    rows += run.ready(now, room(run, relay));
                    Instant paceAt = run.paceAt(now);
                    if (paceAt != null) {
                        wake(paceAt);
                    }
                }
            }
            return rows;
        }

        /** Whether an edition is silent at this hour. */
        private void listen(EditionRun run) {
            if (run.silentUntil == null || !run.silentUntil.isAfter(now)) {
                run.silentUntil = state.silence.apply(run.edition.newsletter(), now);
            }
            if (run.silentUntil != null) {
                wake(run.silentUntil);
            }
        }

        private boolean carries(EditionRun run, RelayRun relay) {
            return run.silentUntil == null
                    && run.carriers.carries(
                            relay.name, name -> state.relays.get(name).healthy(now));
        }

        /** Whether a relay takes its share at this moment: others that share the work wait for it then. */
        private boolean working(String relay) {
            return state.relays.get(relay).working(now) && state.rates.relayOpen(relay, now);
        }

        /** The relays that could carry rows of this edition now. */
        private List<RelayRun> carriers(EditionRun run) {
            return run.carriers.names().stream()
                    .map(state.relays::get)
                    .filter(relay -> !relay.resting(now) && carries(run, relay))
                    .toList();
        }

        /** The next row for a connection of this relay, editions taking turns; null: none may be offered now. */
        private ClaimedDelivery nextRow(RelayRun relay) {
            List<EditionRun> runs = new ArrayList<>(state.editions.values());
            for (int i = 0; i < runs.size(); i++) {
                EditionRun run = runs.get((state.turn + i) % runs.size());
                if (!carries(run, relay)) {
                    continue;
                }
                if (!run.carriers.mayTake(relay.name, this::working)) {
                    wake(now.plus(SHARES_AGAIN));
                } else {
                    ClaimedDelivery row = run.next(now, room(run, relay));
                    if (row != null) {
                        state.turn = (state.turn + i + 1) % runs.size();
                        run.outside++;
                        run.carriers.took(relay.name, this::working);
                        if (!state.rates.none()) {
                            leave(run, relay).take(row.provider());
                        }
                        return row;
                    }
                }
            }
            return null;
        }

        /** How many messages of this edition may go through this relay at this moment, by mailbox provider. */
        private ToIntFunction<String> room(EditionRun run, RelayRun relay) {
            if (state.rates.none()) {
                return NO_LIMIT;
            }
            Rates.Leave leave = leave(run, relay);
            return provider -> leave.room(provider, now);
        }

        private Rates.Leave leave(EditionRun run, RelayRun relay) {
            return state.rates.leave(relay.name, run.edition.newsletter());
        }

        /** Asks for more of the rates that rows at hand wait for, before they have to wait. */
        private void reserve() {
            if (state.rates.none()) {
                return;
            }
            Rates.Demand demand = state.rates.demand();
            for (EditionRun run : state.editions.values()) {
                List<String> names =
                        carriers(run).stream().map(relay -> relay.name).toList();
                if (!names.isEmpty()) {
                    run.forEachWaiting(
                            now, (provider, rows) -> demand.add(names, run.edition.newsletter(), provider, rows));
                }
            }
            ask(demand.asks(now));
            Instant changes = demand.changesAt(now);
            if (changes != null) {
                wake(changes);
            }
        }

        private void ask(List<RateAsk> asks) {
            if (!asks.isEmpty()) {
                actions.add(new Action.ReserveRates(asks));
            }
        }

        private void askForCanary(EditionRun run) {
            if (run.asksForCanary(now)) {
                run.askingForCanary();
                actions.add(new Action.AskForCanary(run.edition.id()));
            } else if (run.canaryLook() != null) {
                wake(run.canaryLook());
            }
        }

        private void take(EditionRun run) {
            boolean over = !now.isBefore(run.edition.expiresAt());
            if (over && (run.freshLeft() || run.rowsAtHand() > 0)) {
                state.givenUp.addAll(run.drain());
                run.over(now);
            }
            Instant look = run.nextLook();
            boolean lookDue = look != null && !look.isAfter(now);
            if (run.seemsFinished() || over && lookDue && run.quiet()) {
                run.lookedAll();
                run.checking = true;
                actions.add(new Action.CheckFinish(run.edition.id()));
            } else if (!over) {
                takeRows(run);
            }
            if (!over) {
                askForCanary(run);
                wake(run.edition.expiresAt());
            }
        }

        private void takeRows(EditionRun run) {
            List<RelayRun> carriers = carriers(run);
            if (run.silentUntil != null) {
                return;
            }
            if (carriers.isEmpty()) {
                run.carriers.names().forEach(name -> wake(state.relays.get(name).restUntil()));
                return;
            }
            ToIntFunction<String> room = state.rates.none()
                    ? NO_LIMIT
                    : provider -> carriers.stream()
                            .mapToInt(relay -> leave(run, relay).room(provider, now))
                            .max()
                            .orElseThrow();
            for (ClaimRun claims : List.copyOf(run.claims())) {
                int rows = run.wanted(claims, now, settings.claimBatch(), room);
                if (rows > 0) {
                    claims.taking = true;
                    actions.add(new Action.TakeRows(run.edition.id(), claims.scope(), claims.cursor, rows));
                } else if (claims.nextLook != null && !claims.lookDue(now)) {
                    wake(claims.nextLook);
                }
            }
        }

        private void finishStopping() {
            boolean late = !now.isBefore(state.stopDeadline);
            boolean open = false;
            for (RelayRun relay : state.relays.values()) {
                for (ConnectionRun connection : relay.connections.values()) {
                    if (late && connection.phase == ConnectionRun.Phase.WRITING) {
                        abandon(connection);
                    } else if (connection.phase == ConnectionRun.Phase.IDLE) {
                        close(connection);
                    }
                    open |= connection.phase != ConnectionRun.Phase.CLOSED;
                }
            }
            for (Iterator<EditionRun> runs = state.editions.values().iterator(); runs.hasNext(); ) {
                EditionRun run = runs.next();
                state.givenUp.addAll(run.drain());
                if (!run.taking() && !open) {
                    runs.remove();
                }
            }
            if (!open && state.editions.isEmpty() && state.outcomes.isEmpty() && state.committing.isEmpty()) {
                giveUp();
                if (!state.stopped) {
                    state.stopped = true;
                    actions.add(new Action.Stopped());
                }
            } else if (!late) {
                wake(state.stopDeadline);
            }
        }

        private void giveUp() {
            if (!state.givenUp.isEmpty() && !state.ledgerDown()) {
                actions.add(new Action.Release(List.copyOf(state.givenUp)));
                state.givenUp.clear();
            }
        }

        private void commit() {
            boolean work = !state.outcomes.isEmpty() || !state.starts.isEmpty();
            boolean due = !state.ledgerDown() || !now.isBefore(state.ledgerRetryAt);
            if ((work || state.ledgerDown()) && due) {
                state.committing = List.copyOf(state.outcomes);
                state.outcomes.clear();
                actions.add(new Action.Commit(state.committing, List.copyOf(state.starts)));
                state.starts.clear();
            }
        }

        private void wake(Instant at) {
            if (wakeAt == null || at.isBefore(wakeAt)) {
                wakeAt = at;
            }
        }
    }
}
